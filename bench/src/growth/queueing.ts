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
 * What a pass takes whatever it does, and what each pair takes: a matchmaker that has hardly anything to do takes both for
 * each pair, and one that empties a long queue takes mostly the latter.
 *
 * @param idleMs from the join that makes a pair possible until both are told, where hardly anybody joins
 * @throws Error when the queue was emptied in less time than its passes take
 */
export function passCost(
  idleMs: number,
  drain: { passes: number; pairs: number; seconds: number },
): PassCost {
  // idleMs = passMs + pairMs, and 1,000 × seconds = passes × passMs + pairs × pairMs.
  const pairMs = (1_000 * drain.seconds - drain.passes * idleMs) / (drain.pairs - drain.passes);
  const passMs = idleMs - pairMs;
  if (!(pairMs > 0 && passMs >= 0))
    throw new Error(
      `a pair took ${idleMs} ms by itself, and ${drain.pairs} took ${drain.seconds} s in ${drain.passes} passes: no pass and pair take that; measure feed and drain again on a quiet machine`,
    );
  return { passMs, pairMs };
}
