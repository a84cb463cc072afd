/** What the watch screen shows, live and in a replay alike, each thing a signal of its own. Times are in ms since the start. */
import type { Role } from '@overcookied/shared/protocol.ts';
import type { PublicSide } from '@overcookied/shared/watch-protocol.ts';
import { computed, type ReadonlySignal } from '@preact/signals';
import { arenaClass } from './arena/arena-class.ts';
import { bitesOf } from './arena/bites.ts';
import { attractionOf, moodOf } from './arena/mood.ts';
import { formatNumber } from './format.ts';
import { leaderOf } from './match/lead.ts';
import type { Match } from './match/match.ts';
import { countdown, hurrySeconds, isPlaying, ropeShare, secondsLeft, secondsUntil } from './match/timing.ts';
import type { Moment } from './replay/timeline.ts';
import { watching } from './state/watching.ts';
import { texts } from './texts/texts.ts';
import { type BonusView, bonusView, leadFlag, type RopeFlag, type SideView } from './view.ts';

/** How long it is said who got a golden cookie, and that somebody is back. */
const sayMs = 2_500;

/** Who plays, and by which rules. */
interface About {
  who: Record<Role, PublicSide>;
  matchMs: number;
  bonusMs: number;
  bonusFactor: number;
  clickPoints: number;
  goldenPoints: number;
}

const about = computed((): About | undefined => {
  const live = watching.live.value;
  const recording = watching.timeline.value?.recording;
  if (recording) return { ...recording, who: recording };
  return live && { ...live.rules, who: live.who };
});

const moment = computed(
  (): Moment | undefined => watching.timeline.value?.at(watching.at.value) ?? watching.live.value?.moment,
);

const at = () => watching.at.value;
const times = () => ({ startsAt: 0, endsAt: about.value?.matchMs ?? 0 });

const sideView = (role: Role): SideView => {
  const who = computed(() => about.value?.who[role]);
  const score = computed(() => moment.value?.score[role] ?? 0);
  return {
    name: computed(() => who.value?.name ?? ''),
    picture: computed(() => who.value?.picture ?? ''),
    rating: computed(() => {
      const rating = who.value?.rating;
      return rating === undefined ? undefined : formatNumber(rating);
    }),
    score: computed(() => formatNumber(score.value)),
    isBot: computed(() => false),
    bonus: computed(() => bonusOf(role)),
  };
};

function bonusOf(role: Role): BonusView | undefined {
  const until = moment.value?.bonusUntil[role];
  if (until === undefined || !about.value || at() >= until) return undefined;
  return bonusView(about.value, until, at());
}

export const sides: Record<Role, SideView> = { p1: sideView('p1'), p2: sideView('p2') };

export const clock = computed(() => about.value && secondsLeft(times(), at()));
/** Seconds to the start, 0 for "GO!", then undefined. */
export const countdownNumber = computed(() =>
  watching.isAtEnd.value ? undefined : countdown(times(), at()),
);
const isOn = computed(() => isPlaying(times(), at()) && !watching.isAtEnd.value);
export const hurry = computed(() => isOn.value && (clock.value ?? 0) <= hurrySeconds);
export const rope = computed(() => moment.value && ropeShare(moment.value.score.p1, moment.value.score.p2));
const goldenId = computed(() => moment.value?.golden?.id);
/** The golden cookie: the same object as long as it is the same one. */
export const golden = computed(() => (goldenId.value === undefined ? undefined : moment.peek()?.golden));

/** Who is ahead: the left side is `mine`. Undefined while it is level. */
export const leader = computed(() =>
  leaderOf({ mine: moment.value?.score.p1 ?? 0, theirs: moment.value?.score.p2 ?? 0 }),
);

/** What the flag at the rope's knot says, and to which side it points. */
export const flag = computed((): RopeFlag => {
  const by = leader.value;
  if (!by || !moment.value) return { by: undefined, text: texts.value.arena.level };
  const { p1, p2 } = moment.value.score;
  return leadFlag(by, sides[by === 'mine' ? 'p1' : 'p2'].name.value, Math.abs(p1 - p2));
});

/** What holds there, as class names. */
export const style = computed(() =>
  arenaClass({
    playing: isOn.value,
    hurry: hurry.value,
    'golden-mine': sides.p1.bonus.value,
    'golden-theirs': sides.p2.bonus.value,
    [`led-by-${leader.value}`]: leader.value,
  }),
);

const saidClaim = computed(() => {
  const latest = moment.value?.claim;
  if (!latest || watching.isAtEnd.value) return undefined;
  return at() < latest.at + sayMs * watching.speed.value ? latest.id : undefined;
});
/** The latest claim of a golden cookie, while it is said who got it: as long in a replay that runs faster. */
export const claim = computed((): Match['claim'] => {
  const latest = saidClaim.value === undefined ? undefined : moment.peek()?.claim;
  return latest && { by: latest.by === 'p1' ? 'mine' : 'theirs', at: latest.at };
});

const absence = (role: Role): ReadonlySignal<{ seconds: number } | 'back' | undefined> =>
  computed(() => {
    const current = watching.live.value?.absence[role];
    if (!current) return undefined;
    const { until, backAt } = current;
    if (backAt === undefined) return { seconds: secondsUntil(until, at()) };
    return at() < backAt + sayMs ? 'back' : undefined;
  });

/** Whether each side is cut off, and for how many seconds it may still come back; or has just come back. */
export const absences = { p1: absence('p1'), p2: absence('p2') };

/** How many clicks each side has made: each of them flies in. */
export const clicks: Record<Role, ReadonlySignal<number>> = {
  p1: computed(() => moment.value?.clicks.p1 ?? 0),
  p2: computed(() => moment.value?.clicks.p2 ?? 0),
};

/** How many bites each side has taken of the cookie. */
export const bites: Record<Role, ReadonlySignal<number>> = {
  p1: computed(() => bitesOf(moment.value?.score.p1 ?? 0)),
  p2: computed(() => bitesOf(moment.value?.score.p2 ?? 0)),
};

/** Whether somebody's clicks count more. */
export const isGilded = computed(
  () => sides.p1.bonus.value !== undefined || sides.p2.bonus.value !== undefined,
);

const isLonely = computed(() =>
  (['p1', 'p2'] as const).some((role) => typeof absences[role].value === 'object'),
);

export const mood = computed(() =>
  moodOf({
    isPlaying: at() >= 0,
    isOver: watching.isAtEnd.value || at() >= times().endsAt,
    isLonely: isLonely.value,
    isHurry: hurry.value,
    isGolden: golden.value !== undefined || isGilded.value,
    heat: 0,
  }),
);

/** What the cookie looks at while no pointer moves. */
export const attraction = computed(() => attractionOf(golden.value, leader.value));

/** What the golden cookie is worth, for instance "+5 ×2". */
export const goldenWorth = computed(
  () => about.value && texts.value.arena.worth(about.value.goldenPoints, about.value.bonusFactor),
);

/** What a click of this side shows as it is made, for instance "+2". */
export function clickLabel(role: Role): string {
  const { clickPoints = 1, bonusFactor = 1 } = about.peek() ?? {};
  return `+${clickPoints * (sides[role].bonus.peek() ? bonusFactor : 1)}`;
}
