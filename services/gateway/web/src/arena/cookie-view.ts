/** What the big cookie shows of the match, each thing a signal of its own. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Whose } from '../match/match.ts';
import { game } from '../state/game.ts';
import { absence, golden, hurry, leader, playing, sides, timeUp } from '../view.ts';
import { bitesOf } from './bites.ts';
import { heatLevel } from './heat.ts';
import { attractionOf, moodOf } from './mood.ts';

export const heat = computed(() => (game.match.value ? heatLevel(game.match.value.heat, game.now.value) : 0));

/** How many bites each side has taken. */
export const bites: Record<Whose, ReadonlySignal<number>> = {
  mine: computed(() => bitesOf(game.match.value?.shownScore ?? 0)),
  theirs: computed(() => bitesOf(game.match.value?.theirs.score ?? 0)),
};

export const mood = computed(() =>
  moodOf({
    isPlaying: playing.value === true,
    isOver: timeUp.value === true,
    isLonely: typeof absence.value === 'object',
    isHurry: hurry.value,
    isGolden: golden.value !== undefined || sides.mine.bonus.value !== undefined,
    heat: heat.value,
  }),
);

/** What the cookie looks at while no pointer moves. */
export const attraction = computed(() => attractionOf(golden.value, leader.value));
