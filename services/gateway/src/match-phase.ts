import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Role } from '@overcookied/shared/protocol.ts';

/** Of `over` the time is up and nobody has said so yet: for long only if no ticker sees to it. */
export const phases = ['countdown', 'playing', 'over'] as const;
export type Phase = (typeof phases)[number];

/**
 * A match's phase, if it is this gateway that counts it: each match is counted once, where its first player is, or where
 * the second is while the first is away.
 *
 * @param here the roles of the players who are connected here
 * @param now ms by Valkey's clock
 */
export function countedPhase(
  { startsAt, endsAt, p1 }: MatchState,
  here: Role[],
  now: number,
): Phase | undefined {
  if (!here.includes('p1') && (here.length === 0 || p1.awayUntil === 0)) return undefined;
  return now < startsAt ? 'countdown' : now < endsAt ? 'playing' : 'over';
}
