/** Another match against the same opponent. */
import { rematchMs } from '@overcookied/shared/protocol.ts';
import type { Wait } from '../state/wait.ts';
import type { Match } from './match.ts';

/** `wanted`: by the opponent; `waiting`: wanted by the player, and the opponent has yet to agree. */
type Rematch = 'impossible' | 'open' | 'wanted' | 'waiting';

/** The server ends a wait by its own clock. When it has not done so for this long, it has never heard of it. */
const patienceMs = 5_000;

/**
 * How things stand with a rematch.
 * @param now in ms by the server's clock
 */
export function rematchOf(match: Match | undefined, wait: Wait | undefined, now: number): Rematch {
  if (!match?.result) return 'impossible';
  const left = rematchUntilOf(match, wait) - now;
  if (wait?.kind === 'rematch' && left > -patienceMs) return 'waiting';
  // Whoever lost the connection is not there to ask.
  const isAlone = match.rematch === 'refused' || match.result.reason === 'opponent_disconnected';
  if (isAlone || left <= 0) return 'impossible';
  return match.rematch === 'wanted' ? 'wanted' : 'open';
}

/** Until when both must have asked, in ms by the server's clock. */
export function rematchUntilOf(match: Match | undefined, wait: Wait | undefined): number {
  return wait?.queued?.expiresAt ?? (match?.result?.endedAt ?? 0) + rematchMs;
}
