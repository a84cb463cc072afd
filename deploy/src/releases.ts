import type { Cluster } from './cluster.ts';
import { namespace } from './cluster.ts';
import { type Manifest, type Part, parseManifests, partOf, writeManifests } from './manifests.ts';
import type { Shell } from './shell.ts';

/**
 * What was deployed of a part, and found well by a smoke match. The cluster keeps the latest of each part, in a ConfigMap
 * `release-<part>`, so that anybody's deploy can go back to it.
 */
export interface Release {
  part: string;
  revision: string;
  manifests: Manifest[];
}

const label = { name: 'app.kubernetes.io/component', value: 'release' };
const namePrefix = 'release-';

/** The ConfigMap that keeps a release. */
export function recordOf({ part, revision, manifests }: Release): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${namePrefix}${part}`, namespace, labels: { [label.name]: label.value } },
    data: { revision, manifests: writeManifests(manifests) },
  };
}

/** Manifests of one revision by their parts. */
export function releasesOf(manifests: Manifest[], revision: string): Release[] {
  const parts = Map.groupBy(manifests, partOf);
  return [...parts].map(([part, own]) => ({ part, revision, manifests: own }));
}

/**
 * Reads what the cluster keeps.
 *
 * @param parts of which to read it; undefined for all
 * @param unknown what to go on with where nothing runs
 */
export function readReleases(
  shell: Shell,
  cluster: Cluster,
  parts: Part[] | undefined,
  unknown: Release[],
): Promise<Release[]> {
  const get = cluster.kubectl(
    'get',
    'configmaps',
    `--selector=${label.name}=${label.value}`,
    '--output=json',
  );
  const isMeant = ({ part }: Release) => parts === undefined || parts.some((each) => each === part);
  return shell.read(get, (stdout) => parseReleases(stdout).filter(isMeant), unknown);
}

function parseReleases(json: string): Release[] {
  const { items } = JSON.parse(json) as {
    items: { metadata: { name: string }; data: { revision: string; manifests: string } }[];
  };
  return items.map(({ metadata, data }) => ({
    part: metadata.name.slice(namePrefix.length),
    revision: data.revision,
    manifests: parseManifests(data.manifests),
  }));
}
