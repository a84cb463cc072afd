import type { ValkeyFault } from './history.ts';

/** The Valkey of a run: one node, or a cluster. */
export interface Host {
  readonly url: string;
  /** Whether services reach it through links that can be meddled with; a cluster's nodes tell them where they are. */
  readonly hasLinks: boolean;
  /** Does this to it for so many ms. Resolves when it is well again. */
  fail(what: ValkeyFault, forMs: number): Promise<void>;
  stop(): Promise<void>;
}
