import { stopTimeoutMs } from '@overcookied/shared/service.ts';
import { drainOf, isService } from '../../../../k8s/check/services.ts';
import { composeFile, type Service, type Sources } from '../sources.ts';

/** The only one that anybody may reach from outside this machine. */
const frontDoor = 'haproxy';
const endSeconds = stopTimeoutMs / 1_000;

/** No container may do more than it must, and each may be scaled, killed and started again. */
export function hardening(sources: Sources): string[] {
  const { services, networks = {} } = composeFile(sources['compose.yaml']);
  const problems = Object.entries(services).flatMap(([name, service]) =>
    wrongIn(name, service).map((text) => `compose.yaml: ${name}: ${text}`),
  );
  const [flags] = /--max\S+/.exec(sources['package.json']) ?? [];
  const entrypoint = /^ENTRYPOINT (.*)$/m.exec(sources.Dockerfile)?.[1] ?? '';
  const valkey = services.valkey?.command?.join(' ') ?? '';
  return [
    ...problems,
    ...(flags && entrypoint.includes(`"${flags}"`)
      ? []
      : [`Dockerfile: package.json starts the services with ${flags}, and ENTRYPOINT does not`]),
    ...['/run/secrets/valkey.conf', '--appendonly yes', '--maxmemory-policy noeviction']
      .filter((words) => !valkey.includes(words))
      .map((words) => `compose.yaml: valkey: its command lacks ${words}`),
    ...(services.valkey?.networks ?? [])
      .filter((network) => !networks[network]?.internal)
      .map((network) => `compose.yaml: valkey: the network ${network} is not internal`),
  ];
}

function wrongIn(name: string, service: Service): string[] {
  const { ports = [], healthcheck, restart, stop_grace_period: grace = '0s' } = service;
  const isScaled = isService(name);
  const { delay, spread } = drainOf(name, service.environment ?? {});
  const endsIn = delay + spread + endSeconds;
  const rules: [isWrong: boolean, text: string][] = [
    [!service.read_only, 'its root is not read_only'],
    [!service.cap_drop?.includes('ALL'), 'it has capabilities'],
    [!service.security_opt?.includes('no-new-privileges:true'), 'it may gain privileges'],
    [service.user === 'root' && service.network_mode !== 'none', 'it runs as root and has a network'],
    [!service.mem_limit && name !== 'secrets', 'its memory has no limit'],
    [!healthcheck && name !== 'secrets', 'it has no health check'],
    [restart !== 'unless-stopped' && name !== 'secrets', 'it does not come back'],
    [isScaled && ports.length > 0, 'it publishes a port, and could not be scaled'],
    [service.container_name !== undefined, 'it has a fixed name, and could not be scaled'],
    [
      isScaled && Number.parseInt(grace, 10) <= endsIn,
      `${grace} are not enough to end in: it takes up to ${endsIn} s`,
    ],
    [
      name !== frontDoor && ports.some((port) => !port.startsWith('127.0.0.1:')),
      'it is published beyond this machine',
    ],
  ];
  return rules.filter(([isWrong]) => isWrong).map(([, text]) => text);
}
