/** What the arena and the result show, each thing a signal of its own: a change redraws its own text and nothing around it. */
import type { Rules } from '@overcookied/shared/rules.ts';
import { computed, type ReadonlySignal } from '@preact/signals';
import { formatNumber } from './format.ts';
import { leaderOf } from './match/lead.ts';
import { clickWorth, type Match, type Side, type Whose } from './match/match.ts';
import { rematchOf, rematchUntilOf } from './match/rematch.ts';
import { countdown, hurrySeconds, isPlaying, ropeShare, secondsLeft, secondsUntil } from './match/timing.ts';
import { game } from './state/game.ts';
import { texts } from './texts/texts.ts';

/** How long the banner about a golden cookie stays. */
const bannerMs = 2_500;
/** How long it is said that the opponent is back. */
const backMs = 2_500;
/** A result that takes longer than this after the end is not waited for. */
const resultPatienceMs = 6_000;

const ofMatch = <T>(read: (match: Match) => T): ReadonlySignal<T | undefined> =>
  computed(() => game.match.value && read(game.match.value));
const now = () => game.now.value;

export interface SideView {
  name: ReadonlySignal<string>;
  picture: ReadonlySignal<string>;
  /** While the match is on; the result has its own to say about ratings. */
  rating: ReadonlySignal<string | undefined>;
  score: ReadonlySignal<string>;
  isBot: ReadonlySignal<boolean>;
  /** Undefined while none runs. */
  bonus: ReadonlySignal<BonusView | undefined>;
}

/** A bonus that runs. */
export interface BonusView {
  /** When it ends, in ms by the server's clock. */
  until: number;
  /** How long it runs in all, and how much of that was over as it was first seen, in ms. */
  lengthMs: number;
  elapsedMs: number;
  /** What it multiplies a click's points by. */
  factor: number;
}

/** Who is ahead, and by how much; nobody while it is level. */
export interface RopeFlag {
  by: Whose | undefined;
  /** Whose lead it is, or that it is level. */
  text: string;
  points?: string;
}

/** What a flag says of a lead. */
export const leadFlag = (by: Whose, name: string, points: number): RopeFlag => ({
  by,
  text: name,
  points: `+${formatNumber(points)}`,
});

/** What there is to see of a bonus that ends at `until`. */
export function bonusView(
  { bonusMs, bonusFactor }: Pick<Rules, 'bonusMs' | 'bonusFactor'>,
  until: number,
  now: number,
): BonusView {
  return { until, lengthMs: bonusMs, elapsedMs: bonusMs - (until - now), factor: bonusFactor };
}

const sideView = (whose: Whose, score: (match: Match) => number): SideView => {
  const read = <T>(fallback: T, from: (side: Side) => T) =>
    computed(() => {
      const match = game.match.value;
      return match ? from(match[whose]) : fallback;
    });
  const bonusEnd = read(0, (side) => side.bonusUntil);
  const isBonus = computed(() => !game.match.value?.result && now() < bonusEnd.value);
  const points = ofMatch(score);
  const rating = ofMatch((match) => (match.result ? undefined : match[whose].rating));
  return {
    name: read('', (side) => side.name),
    picture: read('', (side) => side.picture),
    rating: computed(() => (rating.value === undefined ? undefined : formatNumber(rating.value))),
    score: computed(() => formatNumber(points.value ?? 0)),
    isBot: computed(() => whose === 'theirs' && game.match.value?.mode === 'practice'),
    bonus: computed(() => {
      const rules = game.match.peek()?.rules;
      return rules && isBonus.value ? bonusView(rules, bonusEnd.value, game.now.peek()) : undefined;
    }),
  };
};

export const sides: Record<Whose, SideView> = {
  mine: sideView('mine', (match) => match.shownScore),
  theirs: sideView('theirs', (match) => match.theirs.score),
};

/** Seconds to the start, 0 for "GO!", then undefined. */
export const countdownNumber = ofMatch((match) => countdown(match, now()));
export const clock = ofMatch((match) => secondsLeft(match, now()));
export const playing = ofMatch((match) => isPlaying(match, now()));
export const hurry = computed(() => playing.value === true && (clock.value ?? 0) <= hurrySeconds);
/** Time is up, and the server has yet to say who won. */
export const timeUp = ofMatch((match) => now() >= match.endsAt);
export const overdue = ofMatch((match) => now() >= match.endsAt + resultPatienceMs);
/** Who is ahead; undefined while nobody is. */
export const leader = ofMatch((match) => leaderOf({ mine: match.shownScore, theirs: match.theirs.score }));
export const rope = ofMatch((match) => ropeShare(match.shownScore, match.theirs.score));
/** What the rope's flag says of who is ahead, and by how much. */
export const flag = computed((): RopeFlag => {
  const match = game.match.value;
  const by = leader.value;
  if (!match || !by) return { by: undefined, text: texts.value.arena.level };
  const name = by === 'mine' ? texts.value.arena.you : match.theirs.name;
  return leadFlag(by, name, Math.abs(match.shownScore - match.theirs.score));
});
export const golden = ofMatch((match) => match.golden);
/** What the golden cookie is worth, for instance "+5 ×2". */
export const goldenWorth = ofMatch(({ rules }) =>
  texts.value.arena.worth(rules.goldenPoints, rules.bonusFactor),
);
export const opponentClicks = ofMatch((match) => match.opponentClicks);

/** The latest claim of a golden cookie, while its banner stays. */
export const claim = computed(() => {
  const latest = game.match.value?.claim;
  return latest && now() < latest.at + bannerMs ? latest : undefined;
});

/** Whether the opponent is cut off, and for how many seconds they may still come back; or has just come back. */
export const absence = computed((): { seconds: number } | 'back' | undefined => {
  const match = game.match.value;
  if (!match?.absence || match.result) return undefined;
  const { until, backAt } = match.absence;
  if (backAt === undefined) return { seconds: secondsUntil(until, now()) };
  return now() < backAt + backMs ? 'back' : undefined;
});

/** How things stand with another match against the same opponent, and until when they may change. */
export const rematch = computed(() => rematchOf(game.match.value, game.wait.value, now()));
export const rematchUntil = computed(() => rematchUntilOf(game.match.value, game.wait.value));

/** What a click of this side shows as it is made, for instance "+2". */
export const clickLabel = (whose: Whose): string => {
  const match = game.match.peek();
  return match ? `+${clickWorth(match, match[whose], game.now.peek())}` : '';
};
