import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { observability } from '../alerts.ts';
import { check } from './check.ts';
import { findKubectl } from './kubectl.ts';
import type { Manifest } from './manifest.ts';
import { exportedMetrics } from './metrics.ts';
import { describe } from './problem.ts';
import { copyManifests, manifests, render } from './render.ts';
import { sourceProblems } from './sources.ts';

const exported = exportedMetrics();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overcookied-k8s-test-'));
  await cp(manifests, folder, { recursive: true, filter: (path) => basename(path) !== 'check' });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts a text in the place of another one in a file. */
async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, path), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, path), text.replace(from, to));
}

const problems = async () => (await sourceProblems(folder)).map(describe);

it('has nothing to say of the files as they are', async () => {
  expect(await problems()).toEqual([]);
});

it('finds a file that nobody lists', async () => {
  await edit('base/gateway/kustomization.yaml', '  - network.yaml\n', '');
  expect(await problems()).toEqual([
    'k8s/base/gateway/network.yaml: no kustomization.yaml lists it, so that it does nothing; list it in base/gateway/kustomization.yaml',
  ]);
});

it('finds a patch that may patch nothing', async () => {
  await edit(
    'overlays/local/gateway/kustomization.yaml',
    '  - path: service.yaml\n',
    '  - path: service.yaml\n    target:\n      name: gatway\n',
  );
  expect(await problems()).toEqual([
    'k8s/overlays/local/gateway/kustomization.yaml: a patch with a target does nothing where the target is misspelt; name the object in the patch',
  ]);
});

it('finds secrets that git would keep', async () => {
  await edit(
    'overlays/local/gateway/kustomization.yaml',
    'envs: [secret.env]',
    'literals: [JWT_SECRET=secret]',
  );
  await writeFile(
    join(folder, 'overlays/eks/password.yaml'),
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: gateway\n',
  );
  await edit(
    'overlays/eks/kustomization.yaml',
    '  - monitoring.yaml\n',
    '  - monitoring.yaml\n  - password.yaml\n',
  );
  expect(await problems()).toEqual([
    'k8s/overlays/local/gateway/kustomization.yaml: Secret/gateway is made of what git keeps; put it into secret.env, which git ignores',
    'k8s/overlays/eks/password.yaml: Secret/gateway is in git; on EKS an ExternalSecret brings it, locally secret.env',
  ]);
});

it('finds a value of the cluster that goes nowhere, and a place without one', async () => {
  await edit('overlays/eks/cluster.env', 'REGION=', 'REGIO=');
  expect(await problems()).toEqual([
    'k8s/overlays/eks/cluster.env: REGIO goes nowhere; did you mean REGION?',
    'k8s/overlays/eks/cluster.yaml: cluster.env has no REGION; did you mean REGIO?',
  ]);
});

it('finds alerts that are not those of Compose', async () => {
  await edit('overlays/eks/alerts.yaml', 'severity: critical', 'severity: warning');
  expect(await problems()).toEqual([
    'k8s/overlays/eks/alerts.yaml: differs from observability/prometheus/alerts.yml; make it anew: npm run k8s:alerts',
  ]);
});

it('finds a dashboard that Kubernetes would not show', async () => {
  const watching = await mkdtemp(join(tmpdir(), 'overcookied-watching-'));
  await cp(observability, watching, { recursive: true });
  await writeFile(join(watching, 'grafana/dashboards/new.json'), '{}');
  expect((await sourceProblems(folder, watching)).map(describe)).toEqual([
    'observability/grafana/kustomization.yaml: must list dashboards/new.json',
  ]);
  await rm(watching, { recursive: true, force: true });
});

it('says of a mistake which file it is in', async () => {
  await edit('base/gateway/deployment.yaml', 'readinessProbe:', 'readinesProbe:');
  await edit('base/matchmaker/config.env', 'LOG_LEVEL=info', 'LOG_LEVEL=loud');
  const said = (await check(folder, exported)).map(describe);
  const field =
    'Deployment/gateway: spec.template.spec.containers[0].readinesProbe: there is no such field; did you mean readinessProbe?';
  expect(said).toEqual([
    `k8s/base/gateway/deployment.yaml (overlays/eks): ${field}`,
    `k8s/base/gateway/deployment.yaml (overlays/local): ${field}`,
  ]);
  await edit('base/gateway/deployment.yaml', 'readinesProbe:', 'readinessProbe:');
  expect((await check(folder, exported)).map(({ where, path }) => `${where} ${path}`)).toEqual([
    'k8s/base/matchmaker/kustomization.yaml (overlays/eks) data.LOG_LEVEL',
    'k8s/base/matchmaker/kustomization.yaml (overlays/local) data.LOG_LEVEL',
  ]);
});

it('says why an overlay cannot be rendered', async () => {
  await edit('overlays/eks/gateway/autoscaler.yaml', 'name: gateway', 'name: gatway');
  const [problem, ...others] = (await check(folder, exported)).map(describe);
  expect(problem).toMatch(/^k8s\/overlays\/eks: cannot be rendered: .*HorizontalPodAutoscaler.*gatway/s);
  expect(others).toEqual([]);
});

it('changes nothing of the other services when one is changed', async () => {
  const kubectl = await findKubectl();
  const rendered = async () => {
    const copy = await copyManifests(folder);
    const overlay = await render(kubectl, copy, 'eks');
    await rm(dirname(copy), { recursive: true, force: true });
    if ('text' in overlay) throw new Error(overlay.text);
    return overlay.manifests;
  };
  const before = await rendered();
  await edit('base/matchmaker/config.env', 'LOG_LEVEL=info', 'LOG_LEVEL=debug');
  await edit('base/matchmaker/deployment.yaml', 'minReadySeconds: 5', 'minReadySeconds: 7');
  await edit('overlays/eks/matchmaker/scaled-object.yaml', 'maxReplicaCount: 6', 'maxReplicaCount: 9');
  const texts = new Set(before.map((manifest) => JSON.stringify(manifest)));
  const changed = (await rendered()).filter((manifest) => !texts.has(JSON.stringify(manifest)));
  const part = ({ metadata }: Manifest) => metadata.labels?.['app.kubernetes.io/name'];
  expect(changed.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment', 'ScaledObject']);
  expect(new Set(changed.map(part))).toEqual(new Set(['matchmaker']));
});
