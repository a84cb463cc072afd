/** What is said first of a match: who won. */
import type { Timeline } from '../replay/timeline.ts';
import { apart } from '../texts/apart.ts';
import { texts } from '../texts/texts.ts';

export function headline(timeline: Timeline): string {
  const words = texts.value.result.share;
  const winner = winnerOf(timeline);
  return winner === undefined ? words.draw : `${apart(winner)} ${words.wins}`;
}

/** Whoever won, by name; undefined in a draw. */
export function winnerOf({ recording }: Timeline): string | undefined {
  const winner = recording.over?.winner ?? 'draw';
  return winner === 'draw' ? undefined : recording[winner].name;
}
