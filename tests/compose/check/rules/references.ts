import { existsSync } from 'node:fs';
import { composeFile, repository, type Service, type Sources } from '../sources.ts';

/** Whatever a service names is there: services, networks, volumes, files of the repository, files with secrets. */
export function references(sources: Sources): string[] {
  const { services, networks = {}, volumes = {} } = composeFile(sources['compose.yaml']);
  return Object.entries(services).flatMap(([name, service]) => {
    const unknown = [
      ...missing('service', Object.keys(service.depends_on ?? {}), services),
      ...missing('network', service.networks ?? [], networks),
      ...(service.volumes ?? []).flatMap((mount) => {
        const [source = ''] = mount.split(':');
        if (!source.startsWith('.')) return missing('volume', [source], volumes);
        return existsSync(`${repository}${source}`) ? [] : [`there is no ${source}`];
      }),
      ...envFilesOf(service)
        .filter((path) => secretsIn(sources, service, path) === undefined)
        .map((path) => `nothing is written to ${path}`),
    ];
    return unknown.map((text) => `compose.yaml: ${name}: ${text}`);
  });
}

/** Where a service's command says that more of its environment is. */
export const envFilesOf = ({ command = [] }: Service): string[] =>
  command.flatMap((arg) => (arg.startsWith('--env-file=') ? [arg.slice('--env-file='.length)] : []));

/**
 * What `make-secrets.sh` writes into a file that a service mounts.
 *
 * @returns variables, with a made-up value in place of each secret; undefined when it does not write the file
 */
export function secretsIn(
  sources: Sources,
  service: Service,
  path: string,
): Record<string, string> | undefined {
  const { services } = composeFile(sources['compose.yaml']);
  const mounts = (of: Service | undefined) => (of?.volumes ?? []).map((mount) => mount.split(':'));
  const [volume, folder] = mounts(service).find(([, target]) => path.startsWith(`${target}/`)) ?? [];
  const [, writtenTo] = mounts(services.secrets).find(([source]) => source === volume) ?? [];
  if (!folder || !writtenTo) return undefined;
  const written = path.replace(folder, writtenTo);
  const puts = sources['compose/make-secrets.sh'].matchAll(/^put (\S+) "(\w+)=(.*)"$/gm);
  const pairs = [...puts].filter(([, file]) => file === written).map(([, , name, value]) => [name, value]);
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(pairs.map(([name, value]) => [name, value?.replace('$value', 'x'.repeat(64))]));
}

const missing = (kind: string, names: string[], known: object): string[] =>
  names.filter((name) => !(name in known)).map((name) => `there is no ${kind} ${name}`);
