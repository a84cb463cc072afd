import { expect, test } from 'vitest';
import type { Connection, History } from '../chaos/history.ts';
import { gapsIn, percentile } from './gaps.ts';

const connection = (number: number, openAt: number, closedAt: number, code: number): Connection => ({
  ...{ player: 'ada', number, page: 1, gateway: 'haproxy', beganAt: openAt },
  ...{ openAt, closedAt, code },
});

const history = (connections: Connection[], over: Partial<History> = {}) =>
  ({
    ...{ names: { ada: 'Ada' }, connections, faults: [], sittings: [], games: {} },
    ...{ from: 0, until: 10_000, endsAt: 12_000, ...over },
  }) as unknown as History;

test('a gap lasts until the next connection that opens', () => {
  const connections = [
    connection(1, 100, 1_000, 1_012),
    connection(2, 0, 1_300, 1_012),
    connection(3, 1_700, Number.POSITIVE_INFINITY, 0),
  ];
  expect(gapsIn(history(connections))).toEqual([
    { player: 'ada', code: 1_012, from: 1_000, until: 1_700, ms: 700 },
  ]);
});

test('whoever never comes back has none until the end', () => {
  expect(gapsIn(history([connection(1, 100, 1_000, 1_006)]))).toMatchObject([{ until: 12_000, ms: 11_000 }]);
});

test('what the machine was too busy for does not count, nor does what a player closes', () => {
  const connections = [
    connection(1, 100, 1_000, 1_012),
    connection(2, 2_000, 3_000, 0),
    connection(3, 9_000, 10_500, 1_005),
  ];
  const faults: History['faults'] = [{ what: 'pause', target: 'machine', from: 900, until: 1_400 }];
  expect(gapsIn(history(connections, { faults }))).toMatchObject([{ ms: 600 }]);
});

test('of a hundred values the 99th is what all but one are below', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 99, 100]);
  expect(percentile([], 0.99)).toBe(0);
});
