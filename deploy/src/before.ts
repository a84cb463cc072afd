import type { Manifest } from './manifests.ts';
import { fileOf, type Plan } from './plan.ts';
import { type Release, readReleases } from './releases.ts';
import type { Shell } from './shell.ts';

/** What ran before. */
export interface Before {
  /** The latest release of each part concerned; none at the first deploy. */
  releases: Release[];
  /** Those objects of the new release that were there already. */
  existing: Manifest[];
}

/** Looks at what runs in the cluster. */
export async function readBefore(shell: Shell, plan: Plan): Promise<Before> {
  const { cluster, manifests, options } = plan;
  // For a dry run: a Service was there that is no more, and the ConfigMaps were not.
  const gone = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'before' } };
  const same = manifests.filter(({ kind }) => kind !== 'ConfigMap');
  const unknown = { part: 'common', revision: '<revision before>', manifests: [...same, gone] };
  const parts = options.service && [options.service];
  const releases = await readReleases(shell, cluster, parts, [unknown]);
  const file = `--filename=${fileOf(plan, 'release')}`;
  const get = cluster.kubectl('get', '--ignore-not-found', '--output=json', file);
  return { releases, existing: await shell.read(get, parseObjects, []) };
}

/** What `kubectl get` writes as JSON: one object, a list of some, or nothing at all. */
function parseObjects(json: string): Manifest[] {
  if (json.trim() === '') return [];
  const found = JSON.parse(json) as Manifest & { items?: Manifest[] };
  return found.items ?? [found];
}
