import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isLocked, linesOf, servicesIn } from './fakes/look.ts';
import { oneService, Stage, toProduction } from './fakes/stage.ts';
import type { Trouble, World } from './fakes/world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Something runs already. */
let deployed: Stage;
beforeAll(async () => {
  deployed = await Stage.set('http://127.0.0.1:1023');
  const metadata = { name: 'matchmaker', namespace: 'overcookied' };
  deployed.alter(({ objects }) => objects.push({ apiVersion: 'apps/v1', kind: 'Deployment', metadata }));
});
afterAll(() => deployed.leave());

test.each<[string, Trouble, RegExp, RegExp]>([
  ['terraform cannot be set up', { call: 'terraform .* init', says: 'no bucket' }, /no bucket/, /terraform/],
  [
    'the cluster would refuse the manifests',
    { call: 'dry-run=server', says: 'unknown field "replica"' },
    /unknown field "replica"/,
    /dry-run=server/,
  ],
  [
    'nobody is logged in to the registry',
    {
      call: 'imagetools inspect',
      says: 'ERROR: pull access denied: authorization failed: no basic auth credentials',
    },
    /docker is not logged in to 1111.*docs\/deploy.md/,
    /imagetools inspect/,
  ],
  [
    'the registry cannot be reached',
    { call: 'imagetools inspect', says: 'ERROR: failed to do request: dial tcp: connect: no route to host' },
    /no route to host/,
    /imagetools inspect/,
  ],
  ['the build fails', { call: 'buildx build', says: 'npm ci failed' }, /npm ci failed/, /buildx build/],
  [
    'the push is refused',
    { call: 'docker push', says: 'no basic auth credentials' },
    /docker is not logged in to 1111.*docs\/deploy.md/,
    /docker push/,
  ],
  [
    'the cluster cannot be asked',
    { call: 'get configmaps', says: 'timed out' },
    /timed out/,
    /get configmaps/,
  ],
])('stops before any service is touched when %s', async (_, trouble, reason, lastCall) => {
  const stage = await deployed.copy(trouble);
  const ran = await stage.run(...oneService);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(reason);
  expect(ran.stderr.trimEnd()).toMatch(/\nNothing was deployed: the services are as they were\.$/);
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
  expect(isLocked(stage.world)).toBe(false);
  expect(readdirSync(stage.temporary)).toEqual([]);
  const lines = linesOf(stage, stage.revision).filter((line) => !/delete lease/.test(line));
  expect(lines.at(-1)).toMatch(lastCall);
});

test.each<[string, (world: World) => void, RegExp]>([
  [
    'terraform was not applied yet',
    (world) => {
      world.outputs = {};
    },
    /terraform has made nothing of production yet: apply infra\/ to production first/,
  ],
  [
    'an output is missing',
    ({ outputs }) => {
      delete outputs.valkey_endpoint;
    },
    /terraform's outputs do not fit: valkey_endpoint: .*docs\/infrastructure\.md/,
  ],
  [
    'the state is that of another environment',
    ({ outputs }) => {
      outputs.environment = 'staging';
    },
    /environments\/production\/backend.hcl leads to the state of staging/,
  ],
  [
    'kubectl does not know the cluster',
    (world) => {
      world.contexts = { minikube: 'https://127.0.0.1:8443' };
    },
    /context arn.* is not there: aws eks update-kubeconfig --region eu-central-1 --name overcookied-production --alias arn/,
  ],
  [
    'the context leads to another cluster',
    ({ contexts, outputs }) => {
      contexts[String(outputs.kube_context)] = 'https://127.0.0.1:8443';
    },
    /context arn.* leads to https:\/\/127\.0\.0\.1:8443, not to https:\/\/0123/,
  ],
])('touches no cluster when %s', async (_, change, reason) => {
  const stage = await deployed.copy();
  stage.alter(change);
  const before = stage.world.objects;
  const ran = await stage.run(...toProduction);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(reason);
  expect(stage.world.objects).toEqual(before);
  expect(linesOf(stage, stage.revision).filter((line) => /apply|create|docker/.test(line))).toEqual([]);
});

test('touches no cluster when a value does not come to its place', async () => {
  const stage = await deployed.copy();
  const file = join(stage.repository, 'k8s/overlays/eks/cluster.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('kind: Ingress', 'kind: Ingres'));
  await stage.commit();
  const ran = await stage.run(...toProduction);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/Ingress\/gateway: spec\.rules\[0\]\.host: still says "cluster\.env"/);
  expect(linesOf(stage, stage.revision).filter((line) => /apply|create|docker/.test(line))).toEqual([]);
});

test('an image must hold just what its commit does', async () => {
  const stage = await deployed.copy();
  await writeFile(join(stage.repository, 'package.json'), '{}');
  await writeFile(join(stage.repository, 'k8s/new.yaml'), '');
  const ran = await stage.run(...toProduction);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(
    /differs from its commit \(M package.json, \?\? k8s\/new.yaml\).*: commit the changes/,
  );
  expect(stage.calls).toEqual([]);
});

test('one deploys at a time', async () => {
  const lock = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'deploy', namespace: 'overcookied' },
    spec: {
      holderIdentity: 'ada@laptop, revision abc',
      acquireTime: new Date(Date.now() - 42 * 60_000).toISOString().replace('Z', '000Z'),
    },
  };
  const stage = await deployed.copy();
  stage.alter(({ objects }) => objects.push(lock));
  const ran = await stage.run(...oneService);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(
    /under way, for 42 min: ada@laptop, revision abc; if .* died.*: kubectl .*delete lease deploy/,
  );
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
  expect(isLocked(stage.world), 'the lock of the other stays').toBe(true);
});
