import { parse } from 'yaml';
import { portOf, serviceNames } from '../../../../k8s/check/services.ts';
import { imageOf } from '../image.ts';
import { composeFile, type Sources, shareNetwork } from '../sources.ts';

interface Scrape {
  job_name: string;
  dns_sd_configs?: { names: string[]; port: number }[];
  static_configs?: { targets: string[] }[];
}

/** From where a service is called, by which address, and where that is written. */
interface Call {
  from: string;
  host: string;
  port: string;
  where: string;
}

/** Whoever is called is in reach, and listens where it is called. */
export function ports(sources: Sources): string[] {
  const file = composeFile(sources['compose.yaml']);
  const listens = listening(sources);
  const wrongCalls = calls(sources).flatMap(({ from, host, port, where }) => {
    if (!file.services[host]) return [`${where}: there is no service ${host}`];
    if (!listens[host]?.includes(port)) return [`${where}: ${host} does not listen on ${port}`];
    if (from !== host && !shareNetwork(file, from, host)) return [`${where}: ${from} cannot reach ${host}`];
    return [];
  });
  const wrongImages = serviceNames.flatMap((name) => {
    const { env, exposes } = imageOf(sources.Dockerfile, name);
    const port = String(portOf(name, {}));
    const said = [env.PORT, ...exposes].filter((each) => each !== port);
    return said.map((each) => `Dockerfile: ${name} listens on ${port} unless told, and not on ${each}`);
  });
  return [...wrongImages, ...wrongCalls];
}

/** By service. */
function listening(sources: Sources): Record<string, string[]> {
  const own = serviceNames.map((name) => [name, [imageOf(sources.Dockerfile, name).env.PORT ?? '']]);
  const binds = [...sources['haproxy/haproxy.cfg'].matchAll(/^ *bind :(\d+)/gm)].map(([, port]) => port);
  // As their images do.
  const others = { valkey: ['6379'], prometheus: ['9090'], grafana: ['3000'] };
  return { ...Object.fromEntries(own), ...others, haproxy: binds };
}

function calls(sources: Sources): Call[] {
  const { services } = composeFile(sources['compose.yaml']);
  const [, host = '', port = ''] =
    /^ *server-template \S+ \d+ ([\w-]+):(\d+)/m.exec(sources['haproxy/haproxy.cfg']) ?? [];
  const { scrape_configs } = parse(sources['observability/prometheus/prometheus.yml']) as {
    scrape_configs: Scrape[];
  };
  const scraped = scrape_configs.flatMap(({ job_name, dns_sd_configs = [], static_configs = [] }) => {
    const where = `prometheus.yml: ${job_name}`;
    const targets = [
      ...dns_sd_configs.flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
      ...static_configs.flatMap((each) => each.targets),
    ].map((target) => target.replace('localhost', 'prometheus'));
    return callsIn(targets.join(' '), 'prometheus', where);
  });
  const inCompose = Object.entries(services).flatMap(
    ([name, { command, environment, ports = [], healthcheck }]) => {
      const texts = [...(command ?? []), ...Object.values(environment ?? {})].filter((text) =>
        /^\w+:\/\//.test(text),
      );
      const published = ports.map((each) => `${name}:${each.split(':').at(-1)}`);
      const local = (healthcheck?.test ?? []).join(' ').replaceAll('/dev/tcp/127.0.0.1/', `${name}:`);
      const all = [...texts, ...published, local.replaceAll('127.0.0.1', name)].join(' ');
      return callsIn(all, name, `compose.yaml: ${name}`);
    },
  );
  const datasource = sources['observability/grafana/provisioning/datasources/prometheus.yaml'];
  const secrets = sources['compose/make-secrets.sh'];
  const clients = serviceNames.filter((name) => name in services);
  return [
    { from: 'haproxy', host, port, where: 'haproxy.cfg: server-template' },
    ...scraped,
    ...inCompose,
    ...callsIn(datasource, 'grafana', 'datasources/prometheus.yaml'),
    ...clients.flatMap((name) => callsIn(secrets.match(/@\S+:\d+/)?.[0] ?? '', name, 'make-secrets.sh')),
  ];
}

const callsIn = (text: string, from: string, where: string): Call[] =>
  [...text.matchAll(/\b([a-z][\w-]*):(\d{2,5})\b/g)].map(([, host = '', port = '']) => ({
    from,
    host,
    port,
    where,
  }));
