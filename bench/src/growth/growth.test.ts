import { Random } from '@overcookied/bot/random.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { describe, expect, test } from 'vitest';
import { bendsOf } from './bends.ts';
import { cycleSeconds, demandOf, goldensPerMatch } from './demand.ts';
import { readFigures } from './figures.ts';
import { inCells, type Model, oneStack } from './growth.ts';
import type { Needs } from './needs.ts';

const play = (click: number, matchSecond: number) => ({ click, matchSecond });
const figures = await readFigures();
const model: Model = {
  figures,
  rules: defaultRules,
  costs: {
    gatewayUs: play(200, 400),
    valkeyUs: play(80, 100),
    valkeyCommands: play(5, 2),
    valkeyBytesIn: play(200, 50),
    valkeyBytesOut: play(300, 50),
    downBytes: play(350, 100),
    upBytes: play(200, 60),
    pairUs: 130,
    pairsPerSecond: 7_000,
  },
};
const random = new Random(5);
/** From a hundred to ten million. */
const populations = Array.from({ length: 200 }, () => Math.round(10 ** random.between(2, 7)));

describe.each(figures.mixes)('$name', (mix) => {
  test('more players need no less of anything in one stack', () => {
    for (const players of populations) {
      const [some, more] = [players, Math.round(players * (1 + random.next()))].map((each) =>
        oneStack(each, mix, model),
      );
      for (const [what, needed] of Object.entries(some?.needs ?? {}))
        expect(more?.needs[what as keyof Needs], `${what} of ${players}`).toBeGreaterThanOrEqual(needed);
      expect(more?.money.total).toBeGreaterThanOrEqual(some?.money.total ?? Number.NaN);
    }
  });

  test('twice as many need at most twice as much, in one stack and in cells', () => {
    for (const players of populations) {
      const twice = oneStack(2 * players, mix, model).needs;
      for (const [what, needed] of Object.entries(oneStack(players, mix, model).needs)) {
        // What gateways are told of shards grows with both.
        const factor = what === 'slotMapBytes' ? 4 : 2;
        expect(twice[what as keyof Needs], `${what} of ${players}`).toBeLessThanOrEqual(
          factor * needed + 1e-6,
        );
      }
      const [cells, twiceInCells] = [players, 2 * players].map((each) => inCells(each, mix, model).needs);
      // Each cell's pods are whole pods.
      for (const what of ['gateways', 'shards', 'tickers', 'matchmakers', 'cells'] as const)
        expect(twiceInCells?.[what], `${what} of ${players}`).toBeLessThanOrEqual(
          2 * (cells?.[what] ?? 0) + (twiceInCells?.cells ?? 0),
        );
    }
  });

  test('cells carry everybody, none of them more than it is made for', () => {
    for (const players of populations) {
      const { needs, demand } = inCells(players, mix, model);
      expect(demand.players / needs.cells).toBeLessThanOrEqual(figures.settings.cellPlayers.value);
      expect(needs.gateways * figures.settings.socketsPerGateway.value).toBeGreaterThanOrEqual(players);
      const { busiest, gatewayCores } = figures.settings;
      expect(needs.gateways * gatewayCores.value * busiest.value).toBeGreaterThanOrEqual(needs.gatewayCores);
      expect(needs.shards * busiest.value).toBeGreaterThanOrEqual(needs.valkeyCores);
      // Two of three zones carry all pods.
      expect(needs.nodes * (2 / 3) * figures.settings.nodeCores.value).toBeGreaterThanOrEqual(needs.podCores);
    }
  });

  test('each of ten full cells is like one', () => {
    const full = figures.settings.cellPlayers.value;
    const [one, ten] = [full, 10 * full].map((players) => inCells(players, mix, model).needs);
    if (!one || !ten) throw new Error('nobody plays');
    const { connectionsPerPrimary, ...sums } = one;
    expect(ten.connectionsPerPrimary).toBe(connectionsPerPrimary);
    for (const [what, needed] of Object.entries(sums))
      expect(ten[what as keyof Needs], what).toBeCloseTo(10 * needed, 3);
  });

  test('bends come in their order, and one stack has just come to an end there', () => {
    const bends = bendsOf(mix, model);
    expect(bends.map(({ least }) => least)).toEqual(
      bends.map(({ least }) => least).toSorted((a, b) => a - b),
    );
    for (const { least, most } of bends) expect(most).toBeGreaterThanOrEqual(least);
    const at = (what: RegExp) => bends.find((bend) => what.test(bend.what))?.least ?? Number.NaN;
    const near = (value: number, expected: number) =>
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1);
    near(oneStack(at(/^250 gateways/), mix, model).needs.gateways, 250);
    near(oneStack(at(/^90 shards/), mix, model).needs.shards, 90);
    near(oneStack(at(/^500 nodes/), mix, model).needs.shards, 250);
    const { pairs } = demandOf(at(/^results/), mix, defaultRules, figures);
    expect((pairs * figures.slots.results.alone) / 1e6).toBeCloseTo(0.7, 6);
    expect(demandOf(at(/lock/), mix, defaultRules, figures).pairs).toBeCloseTo(0.7 * 7_000, 6);
  });

  test('no cell is as large as anything that only code could mend', () => {
    const first = bendsOf(mix, model).find(({ kind }) => kind === 'design');
    expect(first?.least).toBeGreaterThan(2 * figures.settings.cellPlayers.value);
  });
});

test('ten thousand at worst, reckoned by hand', () => {
  const [worst] = figures.mixes;
  if (!worst) throw new Error('nobody plays');
  const { demand, needs } = oneStack(10_000, worst, model);
  expect(cycleSeconds(defaultRules, figures)).toBeCloseTo(65.6);
  // 10,000 × 8 × 60 ÷ 65.6, and 10,000 ÷ 2 ÷ 65.6.
  expect(demand.clicks).toBeCloseTo(73_171, 0);
  expect(demand.pairs).toBeCloseTo(76.2, 1);
  // 73,171 × 200 µs + 10,000 × 400 µs, and ÷ 0.56.
  expect(needs.gatewayCores).toBeCloseTo(18.63, 2);
  expect(needs.gateways).toBe(34);
  // 73,171 × 80 µs + 10,000 × 100 µs, and ÷ 0.7.
  expect(needs.valkeyCores).toBeCloseTo(6.85, 2);
  expect(needs.shards).toBe(10);
  // (73,171 × 350 + 10,000 × 100) × 8.
  expect(needs.downBits / 1e6).toBeCloseTo(212.9, 1);
});

test('a match has as many golden cookies as were counted', () => {
  // docs/measurements.md, The clock: 1,156 of them beside 154 ends a second.
  expect(goldensPerMatch(defaultRules)).toBeCloseTo(1_156 / 154, 1);
});
