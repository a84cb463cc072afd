import type { Overlay } from '../manifest.ts';
import { type Problem, problemOf } from '../problem.ts';

/** What stands in a manifest of EKS where a value of cluster.env is to come. */
const placeholder = 'cluster.env';

/** Finds places that no value has come to: a replacement whose target is misspelt does nothing, without a word. */
export function placeholderProblems({ manifests }: Overlay): Problem[] {
  return manifests.flatMap((manifest) => {
    const { origin: _, ...object } = manifest;
    return placesIn(object, '').map((path) =>
      problemOf(
        manifest,
        path,
        `still says "${placeholder}": no replacement in cluster.yaml has this as its target`,
      ),
    );
  });
}

function placesIn(value: unknown, path: string): string[] {
  if (typeof value === 'string') return value.includes(placeholder) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => placesIn(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    placesIn(item, key.includes('.') ? `${path}["${key}"]` : [path, key].filter(Boolean).join('.')),
  );
}
