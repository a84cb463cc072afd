import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, describe as group, it } from 'vitest';
import { overlayProblems } from './check.ts';
import { findKubectl } from './kubectl.ts';
import type { Overlay } from './manifest.ts';
import { exportedMetrics } from './metrics.ts';
import { fields } from './mistakes/fields.ts';
import { identity } from './mistakes/identity.ts';
import { loadBalancer } from './mistakes/load-balancer.ts';
import type { Mistake } from './mistakes/mistake.ts';
import { pods } from './mistakes/pods.ts';
import { ports } from './mistakes/ports.ts';
import { proxies } from './mistakes/proxies.ts';
import { scaling } from './mistakes/scaling.ts';
import { selectors } from './mistakes/selectors.ts';
import { settings } from './mistakes/settings.ts';
import { describe } from './problem.ts';
import { copyManifests, overlayNames, render } from './render.ts';

const overlays = new Map<string, Overlay>();
let exported: Map<string, Set<string>>;
let folder: string;

beforeAll(async () => {
  [exported, folder] = await Promise.all([exportedMetrics(), copyManifests()]);
  const kubectl = await findKubectl();
  for (const name of await overlayNames(folder)) {
    const rendered = await render(kubectl, folder, name);
    if ('text' in rendered) throw new Error(rendered.text);
    overlays.set(name, rendered);
  }
});

afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

/** What the check says of an overlay in which somebody has made this mistake. */
function problemsAfter([, overlay, object, change]: Mistake): string[] {
  const manifests = structuredClone(overlays.get(overlay)?.manifests ?? []);
  // Generated objects carry a hash of their content in their names.
  const manifest = manifests.find(
    ({ kind, metadata }) => `${kind}/${metadata.name.replace(/-[a-z0-9]{10}$/, '')}` === object,
  );
  if (!manifest) throw new Error(`${overlay} has no ${object}`);
  change(manifest, manifests);
  const problems = overlayProblems({ name: overlay, manifests }, exported);
  return problems.map((problem) => describe({ ...problem, where: '' }));
}

it('has nothing to say of the manifests as they are', () => {
  const problems = [...overlays.values()].flatMap((overlay) => overlayProblems(overlay, exported));
  expect([...overlays.keys()].sort()).toEqual(['eks', 'local']);
  expect(problems.map(describe)).toEqual([]);
});

const mistakes = {
  fields,
  identity,
  selectors,
  ports,
  settings,
  pods,
  scaling,
  'load balancer': loadBalancer,
  proxies,
};
for (const [title, each] of Object.entries(mistakes)) {
  group(title, () => {
    it.each(each)('finds %s', (...mistake) => {
      const [, , , , expected] = mistake;
      const wanted = expected instanceof RegExp ? expect.stringMatching(expected) : expected;
      expect(problemsAfter(mistake)).toEqual([wanted]);
    });
  });
}
