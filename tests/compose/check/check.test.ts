// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Compose that replaces them
import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { readSources, type SourcePath } from './sources.ts';

const sources = readSources();

test('nothing is wrong with the stack', () => {
  expect(check(sources)).toEqual([]);
});

/** What is planted into which file, in place of what, and which of the words that tell of it are expected. */
const mistakes: [path: SourcePath, from: string, to: string, told: string][] = [
  [
    'compose.yaml',
    'restart: unless-stopped',
    'restrat: unless-stopped',
    '/services/haproxy: there is nothing called restrat; did you mean restart?',
  ],
  [
    'compose.dev.yaml',
    '    init: true',
    '    initialize: true',
    '/services/web: there is nothing called initialize',
  ],
  ['compose.yaml', 'image: haproxy:2.6', 'image: haproxy:latest', 'give it a version'],
  ['compose.yaml', 'image: haproxy:2.6', 'image: haproxy', 'give it a version'],
  [
    'compose.yaml',
    'image: overcookied/matchmaker:',
    'image: overcookied/gateway:',
    'matchmaker: builds matchmaker and calls it overcookied/gateway',
  ],
  ['compose.yaml', 'SERVICE: game-ticker', 'SERVICE: matchmaker', 'game-ticker: builds matchmaker'],
  ['compose.yaml', '/readyz`)', '/ready`)', 'gateway: its health check asks /ready, which nobody answers'],
  ['haproxy/haproxy.cfg', 'uri /readyz ver', 'uri /health-check ver', 'http-check asks /health-check'],
  [
    'haproxy/haproxy.cfg',
    'timeout tunnel 60s',
    'timeout tunnel 30s',
    'ends sockets that are pinged every 20 s',
  ],
  [
    'compose.yaml',
    '"valkey-data:/data"',
    '"valkey-data:/date"',
    'keeps its data in /data, where no volume is',
  ],
  ['compose.yaml', 'mem_limit: 768m', 'mem_limit: 384m', 'may hold 256 MB and have 384m'],
  ['compose.yaml', 'networks: [players, data]', 'networks: [players, date]', 'there is no network date'],
  ['compose.yaml', '"valkey-data:/data"', '"valkey-date:/data"', 'there is no volume valkey-date'],
  ['compose.yaml', './haproxy:/usr', './haproxi:/usr', 'there is no ./haproxi'],
  ['compose.yaml', 'haproxy: { condition', 'haproxi: { condition', 'there is no service haproxi'],
  [
    'compose.yaml',
    '--env-file=/run/secrets/players/',
    '--env-file=/run/secrets/player/',
    'nothing is written to /run/secrets/player/service.env',
  ],
  [
    'compose/make-secrets.sh',
    '"JWT_SECRET=$value"',
    '"JWT_SECERT=$value"',
    'it does not read JWT_SECERT; did you mean JWT_SECRET?',
  ],
  [
    'compose/make-secrets.sh',
    'valkey/service.env "VALKEY_URL=valkey:',
    'valkey/service.env "VALKEY_URL=http:',
    'VALKEY_URL must look like',
  ],
  [
    'compose/make-secrets.sh',
    '@valkey:6379',
    '@valkey:6380',
    'make-secrets.sh: valkey does not listen on 6380',
  ],
  ['compose.yaml', 'LOG_LEVEL: ${LOG_LEVEL:-}', 'LOGLEVEL: ${LOG_LEVEL:-}', 'it does not read LOGLEVEL'],
  ['compose.yaml', '${LOG_LEVEL:-}', '${LOG_LEVEL:-loud}', 'LOG_LEVEL Invalid option'],
  ['compose.yaml', '${LOG_LEVEL:-}', '${LOG_LEVEL}', '${LOG_LEVEL} has neither a default'],
  ['compose.yaml', '${LOG_LEVEL:-}', '$LOG_LEVEL', '${LOG_LEVEL} has neither a default'],
  ['.env.example', '#BOTS=', '#BOT=', 'BOT is set for nothing'],
  ['.env.example', '#BOTS=', '#BOT=', 'BOTS, for which compose.yaml asks, is missing'],
  [
    'compose.yaml',
    'GATEWAY_URL: http://haproxy:8080',
    'GATEWAY_URL: http://haproxy:8081',
    'haproxy does not listen on 8081',
  ],
  [
    'compose.yaml',
    'GATEWAY_URL: http://haproxy:8080',
    'GATEWAY_URL: haproxy:8080',
    'GATEWAY_URL must be the address',
  ],
  ['compose.yaml', '${PORT:-8080}:8080', '${PORT:-8080}:80', 'haproxy: haproxy does not listen on 80'],
  ['compose.yaml', '/dev/tcp/127.0.0.1/8404', '/dev/tcp/127.0.0.1/8405', 'haproxy does not listen on 8405'],
  ['compose.yaml', 'networks: [players, data]', 'networks: [data]', 'haproxy cannot reach gateway'],
  ['haproxy/haproxy.cfg', 'gateway:8080', 'gateway:8081', 'gateway does not listen on 8081'],
  ['haproxy/haproxy.cfg', 'gateway:8080', 'gateways:8080', 'there is no service gateways'],
  [
    'observability/prometheus/prometheus.yml',
    'port: 8082',
    'port: 8083',
    'game-ticker does not listen on 8083',
  ],
  [
    'observability/prometheus/prometheus.yml',
    '[matchmaker]',
    '[matchmakers]',
    'there is no service matchmakers',
  ],
  [
    'observability/grafana/provisioning/datasources/prometheus.yaml',
    ':9090',
    ':9091',
    'prometheus does not listen on 9091',
  ],
  [
    'observability/grafana/provisioning/dashboards/overcookied.yaml',
    'path: /etc/grafana/',
    'path: /var/lib/',
    'nothing is mounted at /var/lib/dashboards',
  ],
  [
    'Dockerfile',
    'ENV PORT=8082',
    'ENV PORT=8083',
    'game-ticker listens on 8082 unless told, and not on 8083',
  ],
  ['Dockerfile', 'EXPOSE 8081', 'EXPOSE 8080', 'matchmaker listens on 8081 unless told, and not on 8080'],
  ['Dockerfile', '"--max-semi-space-size=16"', '"--max-semi-space-size=64"', 'and ENTRYPOINT does not'],
  ['compose.yaml', '  read_only: true', '  read_only: false', 'its root is not read_only'],
  ['compose.yaml', 'cap_drop: [ALL]', 'cap_drop: [NET_RAW]', 'it has capabilities'],
  ['compose.yaml', 'user: valkey', 'user: root', 'it runs as root and has a network'],
  [
    'compose.yaml',
    '    networks: [data]\n    volumes: ["valkey-data',
    '    networks: [players]\n    volumes: ["valkey-data',
    'the network players is not internal',
  ],
  [
    'compose.yaml',
    '    networks: [data]\n    volumes: ["valkey-data',
    '    ports: ["6379:6379"]\n    networks: [data]\n    volumes: ["valkey-data',
    'it is published beyond this machine',
  ],
  [
    'compose.yaml',
    '  matchmaker:\n',
    "  matchmaker:\n    ports: ['8081:8081']\n",
    'it publishes a port, and could not be scaled',
  ],
  [
    'compose.yaml',
    '  matchmaker:\n',
    '  matchmaker:\n    container_name: matchmaker\n',
    'it has a fixed name',
  ],
  ['compose.yaml', 'stop_grace_period: 15s', 'stop_grace_period: 10s', '10s are not enough to end in'],
  [
    'compose.yaml',
    'stop_grace_period: 20s',
    'stop_grace_period: 15s',
    'gateway: 15s are not enough to end in',
  ],
  [
    'compose.yaml',
    'DRAIN_DELAY_MS: 3000',
    'DRAIN_DELAY_MS: 2000',
    'notices after 2 s that a gateway is to go',
  ],
  ['compose.yaml', 'noeviction', 'allkeys-lru', 'valkey: its command lacks --maxmemory-policy noeviction'],
  ['compose.yaml', '--players, ', '--player, ', "bots: Unknown option '--player'"],
];

describe('finds', () => {
  test.each(mistakes)('in %s, for %j, %j: %s', (path, from, to, told) => {
    const text = sources[path];
    expect(text).toContain(from);
    const problems = check({ ...sources, [path]: text.replace(from, () => to) });
    expect(problems.join('\n')).toContain(told);
  });
});
