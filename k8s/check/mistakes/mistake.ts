import type { Manifest } from '../manifest.ts';

// biome-ignore lint/suspicious/noExplicitAny: a mistake is what no type allows
type Anything = any;

/** A mistake that somebody could make, and what the check is to say of it, and nothing else. */
export type Mistake = [
  title: string,
  overlay: string,
  object: string,
  change: (manifest: Anything, all: Manifest[]) => void,
  expected: string | RegExp,
];

export const onContainer = 'spec.template.spec.containers[0]';

export const container = (manifest: Anything) => manifest.spec.template.spec.containers[0];

export const trigger = (manifest: Anything) => manifest.spec.triggers[0];

export const annotation = (manifest: Anything, name: string, value: string) => {
  manifest.metadata.annotations[`alb.ingress.kubernetes.io/${name}`] = value;
};
