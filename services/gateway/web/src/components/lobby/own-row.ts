/** The player's own row on a leaderboard. */
import type { Leaderboard, Place } from '@overcookied/shared/api.ts';

/**
 * Which of the rows is the player's own. The board and the place on it are asked for one after the other, and somebody
 * may have moved in between: a row that says another name or score is somebody else's.
 * @returns its index, or -1 if it is none of these
 */
export function ownRow(bakers: Leaderboard, own: Place | undefined, name: string | undefined): number {
  const index = (own?.place ?? 0) - 1;
  const baker = bakers[index];
  return baker && baker.name === name && baker.score === own?.score ? index : -1;
}
