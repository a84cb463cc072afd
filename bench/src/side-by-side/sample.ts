/** Results made up for tests of reports and plots. */
import type { ClicksRound } from '../contenders/clicks.ts';
import type { RateRounds } from './measures/clicks.ts';
import type { Results } from './results.ts';
import type { Rounds } from './turns.ts';

const spread = (p50: number, p99: number) => ({
  count: 100,
  p50,
  p95: p99,
  p99,
  p999: 2 * p99,
  max: 2 * p99,
});

export const round = (p50: number, p99: number, gatewayUs: number, valkeyUs: number): ClicksRound => ({
  ...{ clicks: 1_000, unseen: 0, clicksPerSecond: 0, gatewayUs, valkeyUs },
  ...{ latency: spread(p50, p99), late: spread(0.1, 0.2) },
});

/** Each contender's rounds at a rate. */
export const rate = (clicksPerSecond: number, rounds: Rounds<ClicksRound>): RateRounds => ({
  clicksPerSecond,
  rounds,
});

/** Two rounds, in the second of which the machine takes ten times as long for everything. */
export const sample: Results = {
  place: {
    machine: '2 cores.\n',
    versions: { node: '24.0.0', ws: '8.0.0' },
    ...{ commit: 'abc1234', isChanged: false, begunAt: '2026-01-02T03:04:05.678Z', minutes: 20 },
    ...{ loadBefore: [0.1, 0.2, 0.3], loadAfter: [2, 1.5, 1] },
  },
  names: ['floor', 'node', 'bun', 'original'],
  ...{ quick: false, rounds: 2, notes: [] },
  clicks: [
    rate(2_000, {
      floor: [round(1, 2, 80, 20), round(10, 20, 800, 200)],
      node: [round(1.2, 3, 100, 30), round(12, 30, 1_000, 300)],
      bun: [round(1.1, 2.6, 60, 20), round(11, 26, 600, 200)],
      original: [round(20, 200, 300, 100), null],
    }),
    rate(4_000, {
      floor: [round(1, 2, 80, 20), round(10, 20, 800, 200)],
      node: [round(1, 2, 71, 30), round(10, 20, 710, 300)],
      bun: [round(1, 2, 50, 20), round(10, 20, 500, 200)],
      original: [{ ...round(20, 200, 300, 100), unseen: 20 }, null],
    }),
  ],
  traffic: [2, 16].map((gateways) => ({
    gateways,
    rounds: {
      floor: [{ bytesOut: 200, bytesIn: 100, commands: 1, calls: 1 }],
      node: [{ bytesOut: 300, bytesIn: 200, commands: 6, calls: 1 }],
      original: [{ bytesOut: 300 * gateways, bytesIn: 600, commands: 6, calls: 6 }],
    },
  })),
  survival: {
    floor: [{ matches: 20, goOn: 20, survived: 0, clicks: 100, counted: undefined }],
    node: [
      { matches: 20, goOn: 20, survived: 20, clicks: 100, counted: 100 },
      { matches: 20, goOn: 20, survived: 19, clicks: 100, counted: 99 },
    ],
  },
};
