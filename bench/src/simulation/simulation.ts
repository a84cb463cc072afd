/**
 * The queue in virtual time: who joins when, and what a matchmaker would do with them. It does what the service does,
 * in the same order, with a delay for all that lies between a join and its pass.
 */
import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { mostWaitMs } from '../../../services/matchmaker/src/tolerance.ts';
import type { Crowd } from './crowd.ts';
import { Outcome } from './outcome.ts';
import type { Strategy } from './strategies.ts';

/** From whatever calls for a pass, a join or a player who accepts more by now, to the pass, in ms. */
export const delayMs = 3;

/** Has everybody of the crowd play. Those who still wait, or play, when the last one has come do not count. */
export function simulate(crowd: Pick<Crowd, 'nextAt' | 'next' | 'play'>, strategy: Strategy): Outcome {
  const outcome = new Outcome();
  let waiting: Candidate[] = [];
  let passAt = Number.POSITIVE_INFINITY;
  /** Since when the queue has held more than one. */
  let companySince = 0;

  const join = () => {
    const player = crowd.next();
    waiting.push(player);
    if (waiting.length === 2) companySince = player.since;
    passAt = Math.min(passAt, player.since + delayMs);
  };

  const pass = (now: number) => {
    if (waiting.length > 1) {
      for (const { since } of waiting) outcome.overdue(now - Math.max(since + mostWaitMs, companySince));
    }
    const begunAt = performance.now();
    const pairs = strategy.pair(waiting, now);
    const paired = new Set(pairs.flat());
    const leftOver = waiting.filter((each) => !paired.has(each));
    const chance = strategy.nextChance(leftOver);
    outcome.pairingMs += performance.now() - begunAt;
    for (const [a, b] of pairs) {
      outcome.pair(a, b, now);
      crowd.play(a, b, now);
      crowd.play(b, a, now);
    }
    waiting = leftOver;
    passAt = chance === undefined ? Number.POSITIVE_INFINITY : chance + delayMs;
  };

  for (;;) {
    const joinAt = crowd.nextAt;
    if (joinAt === Number.POSITIVE_INFINITY) return outcome;
    if (passAt <= joinAt) pass(passAt);
    else join();
  }
}
