import { dueShards, keys } from '@overcookied/shared/keys.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import { expect, onTestFinished, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { Population } from './population.ts';
import { Witness } from './witness.ts';

test('grows to so many at once, whose ends are spread evenly, and listens to one of so many', async () => {
  const [valkey, subscriber] = await Promise.all([testValkey(), testValkey()]);
  const rules = Rules.parse({ countdownMs: 5_000, matchMs: 95_000 });
  const witness = new Witness(valkey, subscriber);
  const population = new Population(valkey, witness, { matches: 0, perWitnessed: 10, rules, seed: 1 });
  onTestFinished(() => population.stop());
  const ends = async () => {
    const sets = Array.from({ length: dueShards }, (_, shard) => valkey.zrange(keys.due(shard), 0, '-1'));
    const rooms = (await Promise.all(sets)).flat();
    const all = await Promise.all(rooms.map((room) => valkey.hget(keys.game(room), 'endsAt')));
    return all.map((endsAt) => Number(endsAt) - Date.now());
  };
  await population.growTo(100);
  await population.growTo(200);
  const left = await ends();
  expect(left).toHaveLength(200);
  expect(witness.on).toBe(20);
  // Of each hundred one a second: twenty in ten seconds, wherever these are, but for what the making took.
  for (const from of [10_000, 40_000, 80_000]) {
    const count = left.filter((ms) => ms >= from && ms < from + 10_000).length;
    expect(count).toBeGreaterThanOrEqual(17);
    expect(count).toBeLessThanOrEqual(23);
  }
  expect(population.takeLateness()).toEqual([]);
});

test('makes one for each that must be ending', async () => {
  const [valkey, subscriber] = await Promise.all([testValkey(), testValkey()]);
  const rules = Rules.parse({ countdownMs: 0, matchMs: 2_000 });
  const witness = new Witness(valkey, subscriber);
  const population = new Population(valkey, witness, { matches: 0, rules, seed: 2 });
  onTestFinished(() => population.stop());
  population.start();
  await population.growTo(100);
  const begunAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  // Nobody ends them here: those that are made are on beside those that should have ended.
  const made = witness.on - 100;
  const wanted = (performance.now() - begunAt) / 20;
  expect(made).toBeGreaterThan(0.7 * wanted);
  expect(made).toBeLessThan(1.3 * wanted + 10);
});
