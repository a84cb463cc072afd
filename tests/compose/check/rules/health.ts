import { drainOf, isService } from '../../../../k8s/check/services.ts';
import { idleEveryMs } from '../../../../services/gateway/src/pulse.ts';
import { composeFile, type Sources } from '../sources.ts';

/** What services answer (shared/src/health.ts). */
const paths = ['/livez', '/readyz'];
const pingSeconds = idleEveryMs / 1_000;

/** Whether a container is well is asked where it says so, and a socket that is pinged is not taken for dead. */
export function health(sources: Sources): string[] {
  const { services } = composeFile(sources['compose.yaml']);
  const haproxy = sources['haproxy/haproxy.cfg'];
  const asked: [where: string, path: string | undefined][] = [
    ['haproxy.cfg: http-check', /http-check send .*uri (\S+)/.exec(haproxy)?.[1]],
    ...Object.entries(services)
      .filter(([name]) => isService(name))
      .map(([name, { healthcheck }]): [string, string | undefined] => [
        `compose.yaml: ${name}: its health check`,
        /(?<=PORT}|:\d+)\/\w+/.exec(healthcheck?.test?.join(' ') ?? '')?.[0],
      ]),
  ];
  const [, inter = 0, fall = 0] = /check inter (\d+)s fall (\d+)/.exec(haproxy) ?? [];
  const noticesAfter = Number(inter) * Number(fall);
  const { delay } = drainOf('gateway', services.gateway?.environment ?? {});
  const tunnelSeconds = Number(/timeout tunnel (\d+)s/.exec(haproxy)?.[1] ?? 0);
  return [
    ...asked
      .filter(([, path = '']) => !paths.includes(path))
      .map(([where, path]) => `${where} asks ${path}, which nobody answers: ${paths.join(' or ')}`),
    ...(noticesAfter > 0 && delay > noticesAfter
      ? []
      : [
          `haproxy.cfg notices after ${noticesAfter} s that a gateway is to go, which serves on for ${delay} s (DRAIN_DELAY_MS)`,
        ]),
    ...(tunnelSeconds > 2 * pingSeconds
      ? []
      : [`haproxy.cfg: timeout tunnel ends sockets that are pinged every ${pingSeconds} s`]),
  ];
}
