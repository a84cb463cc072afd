/** What the cookie's face says, and where it looks. */

import type { Whose } from '../match/match.ts';
import type { HeatLevel } from './heat.ts';
import type { Spot } from './motion.ts';

export type Mood = 'eager' | 'happy' | 'giggling' | 'puzzled' | 'alarmed' | 'starry' | 'dizzy';

/** What it sees. */
export interface Sight {
  isPlaying: boolean;
  /** Time is up. */
  isOver: boolean;
  /** The opponent is cut off. */
  isLonely: boolean;
  /** The last seconds. */
  isHurry: boolean;
  /** A golden cookie is there, or makes clicks count more. */
  isGolden: boolean;
  heat: HeatLevel;
}

export function moodOf({ isPlaying, isOver, isLonely, isHurry, isGolden, heat }: Sight): Mood {
  if (isOver) return 'dizzy';
  if (!isPlaying) return 'eager';
  if (isGolden) return 'starry';
  if (isHurry) return 'alarmed';
  if (heat >= 2) return 'giggling';
  return isLonely ? 'puzzled' : 'happy';
}

/** How far off its middle something is, in per cent of the window, for the eyes to turn all the way. */
const farOff = 40;

/** What draws its look while no pointer moves: gold, else whoever is ahead. In per cent of the field. */
export function attractionOf(golden: Spot | undefined, leader: Whose | undefined): Spot | undefined {
  return golden ?? (leader && { x: leader === 'mine' ? 0 : 100, y: 40 });
}

/** Where the pupils are, from -1 to 1 each way, to look there. @param at in per cent of the window or the field */
export function gazeAt({ x, y }: Spot): Spot {
  const [across, down] = [(x - 50) / farOff, (y - 50) / farOff];
  const far = Math.max(1, Math.hypot(across, down));
  return { x: across / far, y: down / far };
}
