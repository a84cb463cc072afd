import type { Manifest } from './manifest.ts';

/** Something in the manifests that would not work, or not as meant. */
export interface Problem {
  /** Overlay, or file, that it was found in. */
  where: string;
  /** `Deployment/gateway`; none for what concerns a whole file. */
  object?: string;
  /** Where in the object: `spec.template.spec.containers[0].image`. */
  path?: string;
  /** What is wrong, and what would be right. */
  text: string;
}

/** Finds fault with one manifest; the path may be empty. */
export function problemOf(manifest: Manifest, path: string, text: string): Problem {
  return {
    where: manifest.origin,
    object: `${manifest.kind}/${manifest.metadata.name}`,
    ...(path && { path }),
    text,
  };
}

/** One line for the operator. */
export function describe({ where, object, path, text }: Problem): string {
  return [where, object, path, text].filter(Boolean).join(': ');
}

/** The one of these words that was probably meant, as the end of a sentence; empty where none is near. */
export function didYouMean(word: string, words: Iterable<string>): string {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(word.length / 3)) + 1;
  for (const candidate of words) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? '' : `; did you mean ${best}?`;
}

/** How many letters must be added, removed or replaced to make one word of the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
