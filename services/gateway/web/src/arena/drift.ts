/** The way of a golden cookie over the field: it rests, rolls to another place, rests there. The same for both players. */
import type { Motion, Spot } from './motion.ts';

/** A place where it rests; times in ms since it appeared. */
interface Stop extends Spot {
  from: number;
  until: number;
}

/** Nothing of its way is nearer to the edge than this, in per cent of the field. */
const margin = 5;
const leastWay = 20;
const mostWay = 40;
const restMs = 550;
/** For one per cent of the field. */
const paceMs = 32;
/** Longer than one stays as a rule; if it does, it goes the same way back. */
const wayMs = 12_000;

/** Where it rests, one after the other, the first being where it appears. */
export function stops(start: Spot, seed: number): Stop[] {
  const random = dice(seed);
  let stop: Stop = { ...start, from: 0, until: restMs };
  const all = [stop];
  while (stop.until < wayMs) {
    const way = leastWay + random() * (mostWay - leastWay);
    const angle = random() * 2 * Math.PI;
    const from = stop.until + way * paceMs;
    stop = {
      x: within(stop.x, way * Math.cos(angle)),
      y: within(stop.y, way * Math.sin(angle)),
      from,
      until: from + restMs,
    };
    all.push(stop);
  }
  return all;
}

/** The way as `element.animate` takes it, for an element that lies at `start`. @param field its size in px */
export function drift(start: Spot, seed: number, field: { width: number; height: number }): Motion {
  const all = stops(start, seed);
  const duration = all.at(-1)?.until ?? 0;
  const keyframes = all.flatMap(({ x, y, from, until }) => {
    const px = [((x - start.x) * field.width) / 100, ((y - start.y) * field.height) / 100];
    const transform = `translate(${px.map((length) => `${length.toFixed(1)}px`).join(', ')})`;
    return [
      { transform, offset: from / duration },
      { transform, offset: until / duration, easing: 'ease-in-out' },
    ];
  });
  return [keyframes, { duration, iterations: Infinity, direction: 'alternate' }];
}

/** So far from `at`, or as far the other way where that would be too near to the edge. */
function within(at: number, way: number): number {
  const there = at + way;
  return there < margin || there > 100 - margin ? at - way : there;
}

/** Numbers from 0 to 1 that look random and are the same for the same seed. */
function dice(seed: number): () => number {
  const largest = 2_147_483_647;
  let state = (Math.abs(Math.round(seed)) % (largest - 1)) + 1;
  const roll = () => {
    state = (state * 16_807) % largest;
    return state / largest;
  };
  // Of small seeds the first number is small too.
  roll();
  roll();
  return roll;
}
