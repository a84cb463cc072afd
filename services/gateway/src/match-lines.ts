/** The lines by which an operator follows a match through a gateway's log; docs/operations.md lists them all. */
import type { Logger } from '@overcookied/shared/log.ts';
import { logged } from '@overcookied/shared/match/logged.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Role } from '@overcookied/shared/protocol.ts';

/** A player's connection is gone, as the opponent's gateway hears. */
export function tellAway(log: Logger, match: MatchState, role: Role): void {
  const { id, awayUntil } = match[role];
  log.info(
    { room: match.roomId, player: id, role, until: new Date(awayUntil).toISOString() },
    'player is away',
  );
}

/** The match is over, and its players here have been told. */
export function tellOver(log: Logger, match: MatchState): void {
  log.info({ ...logged(match), ...match.over }, 'match over');
}
