/** What is to be heard and felt of the game: decided from how it was and how it is now, and from nothing else. */
import { rollsOf } from '../arena/dough.ts';
import { leaderOf, type Said, saidBy } from '../match/lead.ts';
import type { Match } from '../match/match.ts';
import { countdown, hurrySeconds, isPlaying, secondsLeft } from '../match/timing.ts';
import type { Wait } from '../state/wait.ts';

export type CueName =
  | 'found'
  | 'count'
  | 'go'
  | 'click'
  | 'bonusClick'
  | 'theirClick'
  | 'spawn'
  | 'goldenMine'
  | 'goldenTheirs'
  | 'bonusEnd'
  | 'ahead'
  | 'behind'
  | 'tick'
  | 'bell'
  | 'away'
  | 'back'
  | 'won'
  | 'lost'
  | 'drawn'
  | 'rematch'
  | 'knead'
  | 'roll';

export interface Cue {
  name: CueName;
  /** How far on whatever it is about is, from 0 to 1: the higher, the more urgent. */
  level: number;
}

/** The game's signals at a moment. */
export interface Seen {
  match: Match | undefined;
  wait: Wait | undefined;
  tastes: number;
  /** In ms by the server's clock. */
  now: number;
}

/** …and what has to be remembered of those before it. */
export interface Scene extends Seen {
  /** Who was last told to be ahead. */
  said: Said;
}

/** So many clicks a second, kept up, are as fast as it gets. */
const topSpeed = 14;

const nothingSaid: Said = { leader: undefined, at: 0 };

export const emptyScene: Scene = { match: undefined, wait: undefined, tastes: 0, now: 0, said: nothingSaid };

/** The scene after `before`, now that the signals say this. */
export function sceneAfter(before: Scene, seen: Seen): Scene {
  const { match, now } = seen;
  if (!match) return { ...seen, said: nothingSaid };
  const said = before.match?.roomId === match.roomId ? before.said : nothingSaid;
  return {
    ...seen,
    said: saidBy(said, leaderOf({ mine: match.shownScore, theirs: match.theirs.score }), now),
  };
}

/** What has happened from one scene to the next; nothing of what a page only hears of as it comes back to a match. */
export function cuesBetween(before: Scene, after: Scene): Cue[] {
  const { match: was } = before;
  const { match: is, now } = after;
  if (!is) return [...tasting(before.tastes, after.tastes), ...kneading(before.wait, after.wait)];
  if (was?.roomId !== is.roomId) return !is.result && now < is.startsAt ? [cue('found')] : [];
  if (is.result) return was.result ? asking(was, is) : [cue(is.result.outcome)];
  return [
    ...clicking(was, is, now),
    ...golden(was, is, before.now, now),
    ...leading(before.said, after.said),
    ...coming(was, is),
    ...timing(was, is, before.now, now),
  ];
}

const cue = (name: CueName, level = 0): Cue => ({ name, level });

function tasting(was: number, is: number): Cue[] {
  // Higher and higher, and then anew.
  return is > was ? [cue('click', (is % 8) / 8)] : [];
}

function kneading(was: Wait | undefined, is: Wait | undefined): Cue[] {
  if (!was || !is || is.kneads <= was.kneads) return [];
  return [cue(rollsOf(is.kneads) > rollsOf(was.kneads) ? 'roll' : 'knead')];
}

function* clicking(was: Match, is: Match, now: number): Generator<Cue> {
  if (is.ownClicks > was.ownClicks) {
    yield cue(now < is.mine.bonusUntil ? 'bonusClick' : 'click', Math.min(1, is.heat.clicks / topSpeed));
  }
  if (is.opponentClicks > was.opponentClicks) yield cue('theirClick');
}

function* golden(was: Match, is: Match, before: number, now: number): Generator<Cue> {
  // A page that comes back is told anew of one that it has seen.
  const isNew = is.golden && !(is.golden.id === was.golden?.id && is.golden.x === was.golden?.x);
  if (isNew) yield cue('spawn');
  if (is.claim && is.claim !== was.claim) yield cue(is.claim.by === 'mine' ? 'goldenMine' : 'goldenTheirs');
  const { bonusUntil } = is.mine;
  if (before < bonusUntil && bonusUntil <= now) yield cue('bonusEnd');
}

function* leading(was: Said, is: Said): Generator<Cue> {
  // The first point of a match is no change.
  if (was.leader && is !== was) yield cue(is.leader === 'mine' ? 'ahead' : 'behind');
}

function* coming({ absence: was }: Match, { absence: is }: Match): Generator<Cue> {
  const wasAway = was && was.backAt === undefined;
  if (is && is.backAt === undefined && !wasAway) yield cue('away');
  if (is?.backAt !== undefined && wasAway) yield cue('back');
}

function* timing(was: Match, is: Match, before: number, now: number): Generator<Cue> {
  const count = countdown(is, now);
  if (count !== undefined && count < (countdown(was, before) ?? 0)) {
    yield count === 0 ? cue('go') : cue('count', 1 - (count * 1000) / is.rules.countdownMs);
  }
  const left = secondsLeft(is, now);
  if (!isPlaying(was, before) || left >= secondsLeft(was, before) || left > hurrySeconds) return;
  yield left === 0 ? cue('bell') : cue('tick', 1 - left / hurrySeconds);
}

function asking(was: Match, is: Match): Cue[] {
  return is.rematch === 'wanted' && was.rematch !== 'wanted' ? [cue('rematch')] : [];
}
