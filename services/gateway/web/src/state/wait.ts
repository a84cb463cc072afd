/** Waiting for an opponent, of whatever kind. */
import type { Mode, Queued } from '@overcookied/shared/protocol.ts';

/** Whom for: as a match of that mode comes about, or the opponent of the match that has just ended. */
type WaitKind = Mode | 'rematch';

export interface Wait {
  kind: WaitKind;
  /** Since when, in ms by the server's clock. */
  since: number;
  /** How often the dough has been kneaded meanwhile. */
  kneads: number;
  /** What the server last said of it; absent until it has answered. */
  queued?: Queued;
}

/**
 * Whether the server speaks of this wait, or still of the one before it.
 * @param played mode of the match on the screen, if there is one
 */
export function isAbout(wait: Wait, { mode, expiresAt }: Queued, played: Mode | undefined): boolean {
  if (wait.kind === 'rematch') return mode === played && expiresAt !== undefined;
  // The common queue has no end; the wait for a rematch of one of its matches has.
  return mode === wait.kind && (mode !== 'ranked' || expiresAt === undefined);
}
