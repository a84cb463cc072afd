/** Whether a service's pods are that service in everything: a mixture starts, and does something else. */
import { containersOf, type Overlay, workloads } from '../manifest.ts';
import { type Problem, problemOf } from '../problem.ts';
import { isService } from '../services.ts';

export function identityProblems(overlay: Overlay): Problem[] {
  return workloads(overlay).flatMap(({ manifest, pod }) =>
    containersOf(pod).flatMap(({ container, path }) => {
      const service = container.name;
      if (!isService(service)) return [];
      const others: [path: string, what: string, name: string | undefined][] = [
        [`${path}.image`, 'image', /([\w-]+)(?:[:@][^/]*)?$/.exec(container.image ?? '')?.[1]],
        ['spec.template.spec.serviceAccountName', 'ServiceAccount', pod.serviceAccountName],
        ...(container.envFrom ?? []).flatMap(({ configMapRef, secretRef }, index): typeof others => [
          [`${path}.envFrom[${index}].configMapRef.name`, 'ConfigMap', configMapRef?.name],
          [`${path}.envFrom[${index}].secretRef.name`, 'Secret', secretRef?.name],
        ]),
      ];
      // The registry's tags do not move; a branch's name would have to.
      const tag = /:([\w.-]+)$/.exec(container.image ?? '')?.[1];
      const moving =
        overlay.name === 'eks' && tag !== undefined && tag !== 'latest' && !/^[0-9a-f]{40}$/.test(tag)
          ? [problemOf(manifest, `${path}.image`, `must be of a git revision, and is of ${tag}`)]
          : [];
      const mixed = others
        .filter(([, , name]) => {
          // Generated objects carry a hash of their content in their names.
          const own = name?.replace(/-[a-z0-9]{10}$/, '') ?? service;
          return own !== service && isService(own);
        })
        .map(([at, what, name]) =>
          problemOf(manifest, at, `must be the ${what} of ${service}, and is that of ${name}`),
        );
      return [...moving, ...mixed];
    }),
  );
}
