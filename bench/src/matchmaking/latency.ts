import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@overcookied/bot/random.ts';
import { drawGap } from '../simulation/normal.ts';
import { type Spread, spreadOf } from '../spread.ts';
import type { Stage } from '../stage.ts';
import { type ConnectedGuest, connectGuests } from './guests.ts';
import { lockTakings } from './passes.ts';
import { type Starts, startsOf } from './starts.ts';

/** Before anything is measured so many join, in ms apart: code that has not run yet is slow. */
const warmUp = { guests: 400, gapMs: 10 };
/** However low the rate, so many join. */
const fewestJoins = 40;
/** How long whoever has joined last may wait to be told, in ms. */
const patienceMs = 10_000;
/** Until the matches are over, in ms. */
const restMs = 4_000;

export interface Latency extends Starts {
  joinsPerSecond: number;
  joins: number;
  /** How late the joins were sent, in ms: what the bench itself is to blame for. */
  lateness: Spread;
  /** How often a matchmaker took the lock to look at the queue. */
  passes: number;
}

/** Measures how long it takes from joining to `GAME_START`, with joins that do not wait for each other. */
export async function measureLatencies(
  stage: Stage,
  rates: number[],
  seconds: number,
  seed: number,
  progress: (what: string) => void,
): Promise<Latency[]> {
  const [gateway] = await Promise.all([
    stage.start('gateway'),
    stage.start('matchmaker'),
    stage.start('game-ticker'),
  ]);
  const connected = async (joins: number, work: (guests: ConnectedGuest[]) => Promise<void>) => {
    const guests = await connectGuests(gateway.url, joins);
    await work(guests);
    await sleep(restMs);
    await Promise.all(guests.map((guest) => guest.close()));
  };
  progress('warming up');
  await connected(warmUp.guests, (guests) =>
    joinAt(
      guests,
      guests.map((_, i) => i * warmUp.gapMs),
    ).then(() => {}),
  );
  const results: Latency[] = [];
  for (const [i, joinsPerSecond] of rates.entries()) {
    const random = new Random(seed, 6, i);
    const joins = 2 * Math.ceil(Math.max(fewestJoins, joinsPerSecond * seconds) / 2);
    progress(`${joinsPerSecond} joins a second: ${joins} guests log in`);
    await connected(joins, async (guests) => {
      let at = 0;
      const times = guests.map(() => {
        at += drawGap(random, 1_000 / joinsPerSecond);
        return at;
      });
      progress(`${joinsPerSecond} joins a second: for ${Math.round(at / 1_000)} s`);
      const passesBefore = await lockTakings(stage.valkey);
      const lateness = await joinAt(guests, times);
      const passes = (await lockTakings(stage.valkey)) - passesBefore;
      results.push({ joinsPerSecond, joins, lateness, passes, ...startsOf(guests) });
    });
  }
  return results;
}

/**
 * Has each join at its time, in ms from now, and waits until all have been told of a match.
 *
 * @returns how late they were, in ms
 */
async function joinAt(guests: ConnectedGuest[], times: number[]): Promise<Spread> {
  const begunAt = performance.now();
  const lateness = new Float64Array(guests.length);
  for (const [i, guest] of guests.entries()) {
    const at = begunAt + (times[i] ?? 0);
    const left = at - performance.now();
    // A timer may be a millisecond late, but those who are due together do not wait for another.
    if (left > 0) await sleep(left);
    guest.join();
    lateness[i] = guest.joinedAt - at;
  }
  const deadline = performance.now() + patienceMs;
  while (guests.some(({ startedAt }) => startedAt === undefined) && performance.now() < deadline)
    await sleep(20);
  return spreadOf(lateness);
}
