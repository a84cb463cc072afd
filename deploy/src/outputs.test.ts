import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Outputs, parseOutputs, unknownOutputs } from './outputs.ts';
import { clusterEnv, imagesComponent } from './overlay.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('reads nothing that terraform does not tell', () => {
  const told = [...read('infra/outputs.tf').matchAll(/^output "(\w+)"/gm)].map(([, name]) => name);
  expect(told).toEqual(expect.arrayContaining(Object.keys(unknownOutputs())));
});

test("writes just the values that the overlay's own file has", () => {
  const names = (env: string) => [...env.matchAll(/^(\w+)=/gm)].map(([, name]) => name).sort();
  expect(names(clusterEnv(unknownOutputs()))).toEqual(names(read('k8s/overlays/eks/cluster.env')));
});

test("writes just the images that the overlay's own file has", () => {
  const names = (yaml: string) =>
    [...yaml.matchAll(/name: (overcookied\/\S+)/g)].map(([, name]) => name).sort();
  const own = read('k8s/overlays/eks/images/kustomization.yaml');
  expect(names(imagesComponent(unknownOutputs(), 'abc'))).toEqual(names(own));
});

test('a revision of digits stays a text', () => {
  expect(imagesComponent(unknownOutputs(), '0123456789')).toContain('newTag: "0123456789"');
});

const known = (outputs: Partial<Outputs>) =>
  JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])));

test('reads what terraform writes', () => {
  const outputs = { ...unknownOutputs(), environment: 'staging' };
  expect(parseOutputs(known(outputs), 'staging')).toEqual(outputs);
});

const { region: _, ...withoutRegion } = unknownOutputs();

test.each<[string, Partial<Outputs>, RegExp]>([
  ['nothing was applied', {}, /has made nothing of staging yet: apply infra\/ to staging first/],
  ['one is missing', withoutRegion, /do not fit: region: .*apply infra/],
  [
    'a service is missing',
    { ...unknownOutputs(), repositories: { gateway: 'x' } as never },
    /repositories\.game-ticker: .*repositories\.practice: /,
  ],
  ['one is empty', { ...unknownOutputs(), valkey_endpoint: '' }, /valkey_endpoint: /],
  ['it is another environment', unknownOutputs(), /staging\/backend.hcl leads to the state of <environment/],
])('says what is wrong when %s', (_, outputs, reason) => {
  expect(() => parseOutputs(known(outputs), 'staging')).toThrow(reason);
});
