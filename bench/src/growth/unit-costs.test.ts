import { expect, test } from 'vitest';
import { unitCosts } from './unit-costs.ts';

const taken = { at: '', commit: '', machine: '', loadBefore: 0, loadAfter: 0 };

/** 100 players for 10 s: a second of each costs 400 µs of gateways, a click 200, and so on. */
function point(clicks: number) {
  const seconds = 100 * 10;
  return {
    ...{ players: 100, seconds: 10, shards: 3, clicks },
    gatewaySeconds: (400 * seconds + 200 * clicks) / 1e6,
    valkeySeconds: (90 * seconds + 80 * clicks) / 1e6,
    valkeyCommands: 3 * seconds + 5 * clicks,
    valkeyBytesIn: 10 * seconds + 200 * clicks,
    valkeyBytesOut: 20 * seconds + 300 * clicks,
    downBytes: 30 * seconds + 196 * clicks,
    upBytes: 40 * seconds + 54 * clicks,
    downPackets: seconds + 3 * clicks,
    upPackets: seconds + 2 * clicks,
  };
}
const drain = (players: number, seconds: number) => ({
  ...{
    players,
    pairs: players / 2,
    passes: players / 2_000,
    seconds,
    matchmakerUs: players / 100,
    valkeyUs: 50,
  },
});

test('slopes tell a click from a second in a match, and the longest queue how fast pairs are made', () => {
  const costs = unitCosts(
    {
      play: { taken, points: [point(8_000), point(100)] },
      drain: { taken, points: [drain(2_000, 1), drain(20_000, 2), drain(10_000, 5)] },
    },
    50,
  );
  const expected = (click: number, matchSecond: number) => ({
    click: expect.closeTo(click, 6),
    matchSecond: expect.closeTo(matchSecond, 6),
  });
  expect(costs).toEqual({
    gatewayUs: expected(200, 400),
    valkeyUs: expected(80, 90),
    valkeyCommands: expected(5, 3),
    valkeyBytesIn: expected(200, 10),
    valkeyBytesOut: expected(300, 20),
    downBytes: expected(196 + 3 * 50, 30 + 50),
    upBytes: expected(54 + 2 * 50, 40 + 50),
    pairUs: 200,
    pairsPerSecond: 5_000,
  });
});

test('there is no slope where all click alike', () => {
  const measured = {
    play: { taken, points: [point(100), point(100)] },
    drain: { taken, points: [drain(2_000, 1)] },
  };
  expect(() => unitCosts(measured, 50)).toThrow(/nobody clicked faster/);
});
