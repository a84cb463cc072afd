import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Stack, startStack } from '../../tests/support/stack.ts';
import { isLocked, linesOf, revisionsIn, servicesIn, temporaryFolder } from './fakes/look.ts';
import { oneService, type Ran, Stage, toProduction } from './fakes/stage.ts';
import { lineOf, type World } from './fakes/world.ts';
import { keyOf } from './manifests.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The game that smoke matches are played on is a real one. */
let stack: Stack;
let empty: Stage;
/** What came of the first deploy ever. */
let deployed: Stage;
let first: Ran;

beforeAll(async () => {
  stack = await startStack({ matchMs: 1_000, countdownMs: 200 });
  empty = await Stage.set(stack.gateways[0].url);
  deployed = await empty.copy();
  first = await deployed.run(...toProduction);
});
afterAll(() => Promise.all([stack.stop(), empty.leave()]));

test('deploys everything, step by step', async () => {
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain(`everything of ${deployed.revision} is deployed to production`);
  expect(first.stdout).toContain('the match ended rightly, every click counted, and it is recorded');
  const services = ['game-ticker', 'gateway', 'matchmaker', 'practice'];
  expect(linesOf(deployed, deployed.revision)).toEqual([
    'terraform -chdir=infra init -input=false -reconfigure -lockfile=readonly -backend-config=environments/production/backend.hcl',
    'terraform -chdir=infra output -json',
    'kubectl config view --output=json',
    'kubectl kustomize <temporary folder>/k8s/overlays/eks',
    'kubectl apply --filename=<temporary folder>/namespace.yaml',
    'kubectl create --filename=<temporary folder>/lock.yaml --request-timeout=30s',
    'kubectl apply --dry-run=server --filename=<temporary folder>/release.yaml',
    ...services.flatMap((service) => [
      `docker buildx imagetools inspect <registry>/overcookied/${service}:<revision>`,
      `docker buildx build --platform=linux/amd64 --build-arg=SERVICE=${service} --build-arg=REVISION=<revision> --tag=<registry>/overcookied/${service}:<revision> --load .`,
      `docker push <registry>/overcookied/${service}:<revision>`,
    ]),
    'kubectl get configmaps --selector=app.kubernetes.io/component=release --output=json',
    'kubectl get --ignore-not-found --output=json --filename=<temporary folder>/release.yaml',
    'kubectl apply --filename=<temporary folder>/release.yaml',
    ...services.map((service) => `kubectl rollout status deployment/${service} --timeout=3s`),
    'kubectl apply --filename=<temporary folder>/records.yaml',
    'kubectl delete lease deploy --ignore-not-found --request-timeout=30s',
  ]);
  expect(deployed.calls.filter(({ tool }) => tool === 'terraform').map(({ dataDir }) => dataDir)).toEqual([
    '.terraform/production',
    '.terraform/production',
  ]);
  expect(new Set(Object.values(revisionsIn(deployed.world)))).toEqual(new Set([deployed.revision]));
  expect(isLocked(deployed.world)).toBe(false);
  expect(readdirSync(deployed.temporary)).toEqual([]);
});

test('takes from terraform where Valkey is, and everything else', () => {
  const { objects, outputs } = deployed.world;
  const find = (kind: string) => JSON.stringify(objects.filter((object) => object.kind === kind));
  expect(find('Deployment').split(`"${outputs.valkey_endpoint}"`)).toHaveLength(5);
  expect(find('Deployment').split(`"${outputs.records_endpoint}"`)).toHaveLength(5);
  for (const name of ['domain', 'certificate_arn']) expect(find('Ingress')).toContain(`"${outputs[name]}"`);
  expect(find('NetworkPolicy')).toContain(`"${outputs.vpc_cidr}"`);
  expect(find('SecretStore')).toContain(`"${outputs.region}"`);
  expect(find('ExternalSecret')).toContain(`"${outputs.secrets_prefix}/game-ticker"`);
  for (const arn of Object.values(outputs.service_role_arns as Record<string, string>)) {
    expect(find('ServiceAccount')).toContain(`"${arn}"`);
  }
});

test('a dry run calls no tool, leaves nothing, and tells just what is run then', async () => {
  const stage = await empty.copy();
  const before = stage.world;
  const dry = await stage.run(...toProduction, '--dry-run');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(stage.calls).toEqual([]);
  expect(stage.world).toEqual(before);
  expect(readdirSync(stage.temporary)).toEqual([]);
  expect(git(stage, 'status', '--porcelain')).toBe('');

  const { outputs } = before;
  const told = dry.stdout
    .replaceAll('<revision from git>', deployed.revision)
    .replaceAll(/<([\w.-]+) from terraform>/g, (_, path: string) => {
      const [name = '', service] = path.split('.');
      const value = outputs[name];
      return service ? ((value as Record<string, string>)[service] ?? '') : String(value);
    })
    .replaceAll("'", '')
    .split('\n');
  let at = 0;
  for (const call of deployed.calls) {
    const env = call.dataDir ? `TF_DATA_DIR=${call.dataDir} ` : '';
    const line = env + lineOf(call).replaceAll(temporaryFolder, '<temporary folder>');
    const found = told.indexOf(line, at);
    expect(found, `${line} is told after line ${at}`).toBeGreaterThanOrEqual(0);
    at = found + 1;
  }
});

test('what a dry run tells is a script that a shell can read', async () => {
  const dry = await empty.run('--env', 'production', '--dry-run');
  expect(() => execFileSync('sh', ['-n'], { input: dry.stdout })).not.toThrow();
});

test('the next release replaces the one before, of which only the settings stay', async () => {
  const stage = await deployed.copy();
  const overlay = join(stage.repository, 'k8s/overlays/eks/kustomization.yaml');
  await writeFile(overlay, (await readFile(overlay, 'utf8')).replace('  - monitoring.yaml\n', ''));
  await stage.commit();
  const ran = await stage.run(...toProduction);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const [before, now] = [deployed, stage].map(({ world }) => servicesIn(world).map(keyOf)) as [
    string[],
    string[],
  ];
  expect(before.filter((key) => !now.includes(key))).toEqual([
    'monitoring.coreos.com/PodMonitor/overcookied/overcookied',
  ]);
  const settings = /^\/ConfigMap\/overcookied\/(game-ticker|gateway|matchmaker|practice)-\w+$/;
  const added = now.filter((key) => !before.includes(key));
  expect(added).toEqual(Array(4).fill(expect.stringMatching(settings)));
  expect(new Set(Object.values(revisionsIn(stage.world)))).toEqual(new Set([stage.revision]));
  const records = stage.world.objects.filter(({ metadata }) => /^release-/.test(metadata.name));
  expect(records.map(({ data }) => (data as { revision: string }).revision)).toEqual(
    Array(5).fill(stage.revision),
  );
});

test('deploys one service and leaves the others alone', async () => {
  const stage = await deployed.copy();
  const ran = await stage.run(...oneService);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const others = {
    gateway: deployed.revision,
    'game-ticker': deployed.revision,
    practice: deployed.revision,
  };
  expect(revisionsIn(stage.world)).toEqual({ ...others, matchmaker: stage.revision });
  const lines = linesOf(stage, stage.revision);
  expect(lines.filter((line) => /gateway|game-ticker|practice|namespace\.yaml/.test(line))).toEqual([]);
  const touched = (world: World) =>
    servicesIn(world).filter(({ metadata }) => !/^matchmaker/.test(metadata.name));
  expect(touched(stage.world)).toEqual(touched(deployed.world));
});

test('builds nothing that the registry has', async () => {
  const stage = await deployed.copy();
  const image = `${stage.world.outputs.registry}/overcookied/matchmaker:${stage.revision}`;
  stage.alter(({ registry }) => registry.push(image));
  expect(await stage.run(...oneService)).toMatchObject({ code: 0, stderr: '' });
  expect(linesOf(stage, stage.revision).filter((line) => /docker/.test(line))).toEqual([
    'docker buildx imagetools inspect <registry>/overcookied/matchmaker:<revision>',
  ]);
});

test('a wrong command line is told in one line', async () => {
  expect(await empty.run('--env', 'prod')).toEqual({
    code: 2,
    stdout: '',
    stderr: '--env: must be one of production, staging, got "prod"\n',
  });
});

function git({ repository }: Stage, ...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
}
