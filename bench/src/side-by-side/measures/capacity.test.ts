import { expect, test } from 'vitest';
import { rate, round } from '../sample.ts';
import { triedOf } from './capacity.ts';

test('rounds at a rate count as tried: by their median, and all that they lost', () => {
  const rounds = { node: [round(1, 90, 1, 1), null, round(1, 95, 1, 1), round(1, 900, 1, 1)] };
  expect(triedOf(rate(4_000, rounds), 'node')).toMatchObject({
    ...{ clicksPerSecond: 4_000, holds: true, p99Ms: 95, lostShare: 0 },
  });
  const losing = { node: [round(1, 9, 1, 1), { ...round(1, 9, 1, 1), unseen: 4 }] };
  expect(triedOf(rate(4_000, losing), 'node')).toMatchObject({ holds: false, lostShare: 0.002 });
  const late = { node: [round(1, 100, 1, 1)] };
  expect(triedOf(rate(4_000, late), 'node')).toMatchObject({ holds: false, p99Ms: 100 });
});

test('nothing is known of who was not measured, nor by a rate that is no rung', () => {
  expect(triedOf(rate(4_000, { node: [null] }), 'node')).toBeUndefined();
  expect(triedOf(rate(4_000, {}), 'node')).toBeUndefined();
  expect(triedOf(rate(500, { node: [round(1, 1, 1, 1)] }), 'node')).toBeUndefined();
});
