import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Manifest, writeManifests } from '../manifests.ts';

/** Renders an overlay that is like the real one as far as a deploy can tell, from the two files that a deploy writes. */
export function kustomize(overlay: string): string {
  const values = readFileSync(join(overlay, 'cluster.env'), 'utf8').trimEnd().split('\n');
  const env = Object.fromEntries(values.map((line) => line.split('=')));
  const { images } = parse(readFileSync(join(overlay, 'images/kustomization.yaml'), 'utf8')) as {
    images: { name: string; newName: string; newTag: string }[];
  };
  const namespace = 'overcookied';
  const manifests: Manifest[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'overcookied', namespace },
    },
  ];
  for (const { name: image, newName, newTag } of images) {
    const name = image.split('/')[1] ?? '';
    const labels = { 'app.kubernetes.io/name': name };
    const data = { VALKEY: env.VALKEY_ENDPOINT, REVISION: newTag };
    const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 10);
    const config = `${name}-${hash}`;
    const template = { spec: { containers: [{ image: `${newName}:${newTag}`, config }] } };
    manifests.push(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: config, namespace, labels }, data },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, labels },
        spec: { template },
      },
    );
  }
  return writeManifests(manifests);
}
