/** Which frames tell a spectator what: pure, from the match's state to what is sent. Nobody's player id is in them. */
import { type MatchState, publicSide, roleOf, type Side } from '@overcookied/shared/match/state.ts';
import type { FrameOf } from '@overcookied/shared/protocol.ts';
import type { WatchFrame, WatchState } from '@overcookied/shared/watch-protocol.ts';

/** All that a spectator needs to watch from here. @param now ms by Valkey's clock */
export function watchStart(match: MatchState, now: number): FrameOf<WatchFrame, 'WATCH_START'> {
  const { roomId, mode, startsAt, endsAt, rules } = match;
  const [p1, p2] = [publicSide(match.p1), publicSide(match.p2)];
  const state = watchState(match, now);
  return { type: 'WATCH_START', payload: { roomId, mode, startsAt, endsAt, rules, p1, p2, state } };
}

/** How the match stands. @param now ms by Valkey's clock */
export function watchUpdate(match: MatchState, now: number): FrameOf<WatchFrame, 'WATCH_UPDATE'> {
  return { type: 'WATCH_UPDATE', payload: watchState(match, now) };
}

/** How the match stood when it ended. @param now ms by Valkey's clock */
export function watchOver(match: MatchState, now: number): FrameOf<WatchFrame, 'WATCH_OVER'> {
  return { type: 'WATCH_OVER', payload: { state: watchState(match, now) } };
}

function watchState(match: MatchState, now: number): WatchState {
  const { seq, golden, claimed } = match;
  const by = claimed && roleOf(match, claimed.by);
  const side = ({ score, bonusUntil, awayUntil }: Side) => ({
    score,
    bonusUntil: bonusUntil > now ? bonusUntil : 0,
    awayUntil,
  });
  return {
    ...{ seq, now, p1: side(match.p1), p2: side(match.p2), golden },
    claimed: claimed && by && { id: claimed.id, by },
  };
}
