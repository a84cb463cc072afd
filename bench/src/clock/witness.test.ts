import { dueShards, keys } from '@overcookied/shared/keys.ts';
import { advance } from '@overcookied/shared/match/match.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { testValkey } from '../../../tests/support/valkey.ts';
import { Population } from './population.ts';
import { Witness } from './witness.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('as many matches are on as asked for, and a witness tells how late their clock is', async () => {
  const [valkey, subscriber] = await Promise.all([testValkey(), testValkey()]);
  const rules = Rules.parse({ countdownMs: 0, matchMs: 600, goldenGapMs: [200, 200] });
  const witness = new Witness(valkey, subscriber);
  const population = new Population(valkey, witness, { matches: 60, rules, seed: 1 });
  onTestFinished(() => population.stop());
  population.start();
  // A ticker that is 50 ms late, and never early.
  const look = async (roomId: string) => {
    const [phase, ...due] = await valkey.hmget(keys.game(roomId), 'phase', 'goldenDue', 'endsAt');
    if (phase === 'on' && Date.now() > Math.min(...due.map(Number)) + 50) await advance(valkey, roomId);
  };
  const tick = async () => {
    const shards = Array.from({ length: dueShards }, (_, shard) => valkey.zrange(keys.due(shard), 0, '-1'));
    await Promise.all((await Promise.all(shards)).flat().map(look));
  };
  const finished = new AbortController();
  const ticking = (async () => {
    while (!finished.signal.aborted) {
      await tick();
      await sleep(20);
    }
  })();
  // Before the connection is closed, by which it may be asking just then.
  onTestFinished(() => {
    finished.abort();
    return ticking;
  });
  await sleep(1_500);
  await eventually(() => witness.on >= 60);
  // A ticker that a busy machine holds up ends some matches while others have begun in their place.
  expect(witness.on).toBeLessThan(120);
  witness.take();
  await sleep(1_000);
  const seen = witness.take();
  for (const late of [seen.spawns, seen.ends, seen.endsHeard]) {
    expect(late.length).toBeGreaterThan(20);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(50);
  }
  expect(seen.miscounted).toBe(0);
});

test('an event that is not counted in is told of', async () => {
  const [valkey, subscriber] = await Promise.all([testValkey(), testValkey()]);
  const witness = new Witness(valkey, subscriber);
  await witness.listen('room');
  const over = { type: 'over', seq: 3, winner: 'draw', reason: '', p1Score: 0, p2Score: 0 };
  await valkey.spublish(keys.gameEvents('room'), JSON.stringify(over));
  await eventually(() => witness.on === 0);
  expect(witness.take().miscounted).toBe(1);
});
