/** How the match that is over went, as the result tells it. */
import { fetchRecording } from '@overcookied/client/api.ts';
import type { Recording } from '@overcookied/shared/api.ts';
import { type Facts, factsOf } from '../replay/facts.ts';
import { Timeline } from '../replay/timeline.ts';
import { game } from './game.ts';
import { Loadable } from './loadable.ts';

export interface Review {
  timeline: Timeline;
  facts: Facts;
}

/** A page hears of the end a little sooner than it is recorded: how long to wait before asking again, in ms. */
const pauses = [250, 500, 1_000, 2_000, 4_000];

/**
 * The recording as it is when the match is over; if nobody says so in time, as far as it goes.
 *
 * @param isWanted whether anybody still looks at the result: else nothing more is asked, and nothing returned
 * @throws Error of the last attempt, when there is nothing to be had
 */
export async function askUntilOver(
  ask: () => Promise<Recording>,
  isWanted: () => boolean,
  waits = pauses,
): Promise<Recording | undefined> {
  for (const wait of waits) {
    const recording = await ask().catch(() => undefined);
    if (recording?.over) return recording;
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!isWanted()) return undefined;
  }
  return ask();
}

/** Of the match whose result is shown. */
export const review = new Loadable<Review | undefined>(async () => {
  const roomId = game.match.peek()?.roomId;
  if (roomId === undefined) return undefined;
  const isShown = () => game.match.peek()?.roomId === roomId;
  const recording = await askUntilOver(() => fetchRecording('', roomId), isShown);
  if (!recording) return undefined;
  const timeline = new Timeline(recording);
  return { timeline, facts: factsOf(timeline) };
});
