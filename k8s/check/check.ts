import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findKubectl } from './kubectl.ts';
import type { Overlay } from './manifest.ts';
import { exportedMetrics } from './metrics.ts';
import type { Problem } from './problem.ts';
import { copyManifests, manifests, overlayNames, render } from './render.ts';
import { addressProblems } from './rules/addresses.ts';
import { configProblems } from './rules/config.ts';
import { externalSecretProblems } from './rules/external-secrets.ts';
import { identityProblems } from './rules/identity.ts';
import { ingressProblems } from './rules/ingress.ts';
import { namespaceProblems } from './rules/namespaces.ts';
import { networkProblems } from './rules/network.ts';
import { placeholderProblems } from './rules/placeholders.ts';
import { podProblems } from './rules/pods.ts';
import { portProblems } from './rules/ports.ts';
import { proxyProblems } from './rules/proxies.ts';
import { queryProblems } from './rules/queries.ts';
import { scalingProblems } from './rules/scaling.ts';
import { selectorProblems } from './rules/selectors.ts';
import { triggerProblems } from './rules/triggers.ts';
import { schemaProblems } from './schemas.ts';
import { sourceProblems } from './sources.ts';

/**
 * Everything that is wrong with the manifests.
 *
 * @param folder the manifests; not those of the repository only in tests
 * @param telling service → the metrics that it tells
 * @throws Error when it cannot be found out
 */
export async function check(folder = manifests, telling = exportedMetrics()): Promise<Problem[]> {
  const [kubectl, exported] = await Promise.all([findKubectl(), telling]);
  const copy = await copyManifests(folder);
  try {
    const problems = await sourceProblems(folder);
    for (const name of await overlayNames(copy)) {
      const rendered = await render(kubectl, copy, name);
      if ('manifests' in rendered) problems.push(...overlayProblems(rendered, exported));
      else problems.push(rendered);
    }
    return problems;
  } finally {
    await rm(dirname(copy), { recursive: true, force: true });
  }
}

/**
 * Everything that is wrong with what an overlay renders to.
 *
 * @param exported service → the metrics that it tells
 */
export function overlayProblems(overlay: Overlay, exported: Map<string, Set<string>>): Problem[] {
  const misshapen = [...overlay.manifests.flatMap(schemaProblems), ...placeholderProblems(overlay)];
  // The other rules rely on the shape; most would find the same fault again.
  if (misshapen.length > 0) return misshapen;
  return [
    ...selectorProblems(overlay),
    ...portProblems(overlay),
    ...configProblems(overlay),
    ...addressProblems(overlay),
    ...externalSecretProblems(overlay),
    ...identityProblems(overlay),
    ...namespaceProblems(overlay),
    ...networkProblems(overlay),
    ...podProblems(overlay),
    ...scalingProblems(overlay),
    ...triggerProblems(overlay),
    ...ingressProblems(overlay),
    ...proxyProblems(overlay),
    ...queryProblems(overlay, exported),
  ];
}
