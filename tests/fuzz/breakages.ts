import type { Breakage } from '../chaos/breakages.ts';

/** Each plants one mistake into the gateway, which the fuzzer is to find. */
export const breakages: Breakage[] = [];
