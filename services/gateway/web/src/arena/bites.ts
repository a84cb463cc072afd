/** What is eaten off the cookie: each side bites at its own edge of it. */
import type { Spot } from './motion.ts';

/** So many points are one bite. */
const pointsABite = 70;
/** Where the bites are, one after the other, in degrees up (or down) from the left. */
const places = [14, -22, 46, -50, 72, -76];

/** How many bites so many points are: no more than there is edge. */
export const bitesOf = (points: number): number => Math.min(places.length, Math.floor(points / pointsABite));

/** The teeth marks of so many bites: the middles of holes in a cookie of 200 by 200. @param way -1: from the left */
export function teeth(bites: number, way: -1 | 1): Spot[] {
  return places.slice(0, bites).flatMap((place) =>
    [-8, 0, 8].map((tooth) => {
      const angle = ((place + tooth) * Math.PI) / 180;
      return { x: Math.round(100 + way * 97 * Math.cos(angle)), y: Math.round(100 - 97 * Math.sin(angle)) };
    }),
  );
}
