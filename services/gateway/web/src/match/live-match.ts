/**
 * A running match as whoever watches it is told: a pure function of the frames. Times are in ms since the match's start,
 * as in its recording.
 */
import type { FrameOf, Role } from '@overcookied/shared/protocol.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { PublicSide, WatchFrame, WatchState } from '@overcookied/shared/watch-protocol.ts';
import type { Moment } from '../replay/timeline.ts';
import { type Absence, absenceAfter } from './absence.ts';

type WatchStart = FrameOf<WatchFrame, 'WATCH_START'>['payload'];

export interface LiveMatch {
  /** By the server's clock, in ms since 1970. */
  startsAt: number;
  matchMs: number;
  rules: Rules;
  who: Record<Role, PublicSide>;
  /** As the server last said. */
  state: WatchState;
  /** The same as a replay has it; clicks are those made while this page watched, as far as the scores tell. */
  moment: Moment;
  absence: Record<Role, Absence | undefined>;
  /** Nothing more happens: how it ended, its recording tells. */
  isOver: boolean;
}

/** The match as it is when watching begins, or goes on after a break: what was missed is not made up for. */
export function begin({ startsAt, endsAt, rules, p1, p2, state }: WatchStart): LiveMatch {
  const side = (role: Role) =>
    absenceAfter(undefined, since(startsAt, state[role].awayUntil), state.now - startsAt);
  return {
    startsAt,
    matchMs: endsAt - startsAt,
    rules,
    who: { p1, p2 },
    state,
    moment: momentOf(startsAt, state, { p1: 0, p2: 0 }, undefined),
    absence: { p1: side('p1'), p2: side('p2') },
    isOver: false,
  };
}

/** The match after it was told how it stands. What is older than what is known already changes nothing. */
export function update(match: LiveMatch, state: WatchState): LiveMatch {
  if (state.seq < match.state.seq) return match;
  const { startsAt, moment } = match;
  const at = state.now - startsAt;
  const isNew = state.claimed && state.claimed.id !== match.state.claimed?.id;
  const absence = (role: Role) =>
    absenceAfter(match.absence[role], since(startsAt, state[role].awayUntil), at);
  const clicks = (role: Role) => moment.clicks[role] + clicksBetween(match, state, role);
  return {
    ...match,
    state,
    moment: momentOf(
      startsAt,
      state,
      { p1: clicks('p1'), p2: clicks('p2') },
      isNew && state.claimed ? { ...state.claimed, at } : moment.claim,
    ),
    absence: { p1: absence('p1'), p2: absence('p2') },
  };
}

/** The match as it was when it ended. */
export function end(match: LiveMatch, state: WatchState): LiveMatch {
  const last = update(match, state);
  return {
    ...last,
    moment: { ...last.moment, golden: undefined, bonusUntil: { p1: undefined, p2: undefined } },
    absence: { p1: undefined, p2: undefined },
    isOver: true,
  };
}

function momentOf(
  startsAt: number,
  { p1, p2, golden }: WatchState,
  clicks: Moment['clicks'],
  claim: Moment['claim'],
): Moment {
  return {
    score: { p1: p1.score, p2: p2.score },
    clicks,
    bonusUntil: { p1: since(startsAt, p1.bonusUntil), p2: since(startsAt, p2.bonusUntil) },
    golden: golden && { ...golden, id: golden.id ?? 0 },
    claim,
  };
}

/** How many clicks one side has made meanwhile: what its score tells, without the points of a golden cookie. */
function clicksBetween({ state: before, rules }: LiveMatch, after: WatchState, role: Role): number {
  const isGolden = after.claimed?.by === role && after.claimed.id !== before.claimed?.id;
  const points = after[role].score - before[role].score - (isGolden ? rules.goldenPoints : 0);
  const worth = rules.clickPoints * (before[role].bonusUntil > 0 ? rules.bonusFactor : 1);
  return worth > 0 ? Math.max(0, Math.round(points / worth)) : 0;
}

/** @param at ms since 1970, or 0 for never */
const since = (startsAt: number, at: number): number | undefined => (at > 0 ? at - startsAt : undefined);
