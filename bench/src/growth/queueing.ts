/** Queues in virtual time: what one busy core makes of those who come as they like. */
import type { Random } from '@overcookied/bot/random.ts';
import { drawGap } from '../simulation/normal.ts';
import { type Spread, spreadOf } from '../spread.ts';

export interface OneByOne {
  perSecond: number;
  /** What each takes, in ms: always the same. */
  serviceMs: number;
  count: number;
  random: Random;
}

/**
 * One server, one after the other, as a shard's one thread has it (M/D/1): from coming to being done, in ms. The server
 * was idle before, and must be able to keep up.
 */
export function oneByOne({ perSecond, serviceMs, count, random }: OneByOne): Spread {
  const took = new Float64Array(count);
  let [at, freeAt] = [0, 0];
  for (let i = 0; i < count; i++) {
    at += drawGap(random, 1_000 / perSecond);
    freeAt = Math.max(at, freeAt) + serviceMs;
    took[i] = freeAt - at;
  }
  return spreadOf(took);
}

/** How long a pass of the matchmaker takes: so long whatever it does, and so long for each pair, in ms. */
export interface PassCost {
  passMs: number;
  pairMs: number;
}

export interface InPasses extends PassCost {
  joinsPerSecond: number;
  /** So many players a pass looks at, at most. */
  window: number;
  /** How many join. */
  count: number;
  random: Random;
}

/**
 * One matchmaker who takes everybody who waits, two by two, and looks again when it is done: from the join that made a
 * pair possible until the pass is over that paired it, in ms. Everybody accepts everybody.
 */
export function inPasses({ joinsPerSecond, passMs, pairMs, window, count, random }: InPasses): Spread {
  const took = new Float64Array(Math.floor(count / 2));
  const waiting: number[] = [];
  let [next, joined, paired, freeAt] = [drawGap(random, 1_000 / joinsPerSecond), 0, 0, 0];
  const join = () => {
    waiting.push(next);
    joined++;
    next += drawGap(random, 1_000 / joinsPerSecond);
  };
  while (paired < took.length) {
    while (joined < count && (next <= freeAt || waiting.length < 2)) join();
    // Whoever makes the pair possible wakes a matchmaker that sleeps.
    const beginsAt = Math.max(freeAt, waiting[1] ?? 0);
    while (joined < count && next <= beginsAt) join();
    const pairs = Math.floor(Math.min(waiting.length, window) / 2);
    freeAt = beginsAt + passMs + pairs * pairMs;
    for (const [i, at] of waiting.splice(0, 2 * pairs).entries())
      if (i % 2 === 1) took[paired++] = freeAt - at;
  }
  return spreadOf(took);
}

/**
 * What a pass takes whatever it does, and what each pair takes, from queues that were drained: least squares over both.
 *
 * @throws Error when the drains do not tell the two apart
 */
export function passCost(drains: { passes: number; pairs: number; seconds: number }[]): PassCost {
  // A long drain must not outweigh all others: each counts by its time for a pair.
  const rows = drains.map(({ passes, pairs, seconds }) => ({
    x: passes / pairs,
    y: (1_000 * seconds) / pairs,
  }));
  const mean = (value: (row: { x: number; y: number }) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const [x, y] = [mean((row) => row.x), mean((row) => row.y)];
  const spread = mean((row) => (row.x - x) ** 2);
  if (!(spread > 0)) throw new Error('drains of one length do not tell a pass from its pairs');
  const slope = Math.max(0, mean((row) => (row.x - x) * (row.y - y)) / spread);
  return { passMs: slope, pairMs: Math.max(0, y - slope * x) };
}
