import { readFile } from 'node:fs/promises';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { expect, test } from 'vitest';
import { readFigures } from '../figures.ts';
import { readMeasured } from '../measured.ts';
import { plotsOf } from '../plots/plots.ts';
import { unitCosts } from '../unit-costs.ts';
import { pairingWaits, shardWaits } from '../waits.ts';
import { short } from './needs.ts';
import { reportOf } from './report.ts';

const docs = new URL('../../../../docs/', import.meta.url);
const [figures, measured] = [await readFigures(), await readMeasured()];
const model = { figures, costs: unitCosts(measured, figures.costs.headerBytes.value), rules: defaultRules };
const waits = { shard: shardWaits(measured.shard, 1), pairing: pairingWaits(measured, 1) };

test('the page and its plots say what the model says: npm run bench -- growth --write', async () => {
  expect(await readFile(new URL('growth.md', docs), 'utf8')).toContain(
    reportOf(model, measured, waits).trim(),
  );
  for (const [name, svg] of Object.entries(plotsOf(model, measured, waits)))
    expect((await readFile(new URL(`growth/${name}`, docs), 'utf8')) === svg, name).toBe(true);
});

test('nothing on the page is no number', () => {
  expect(reportOf(model, measured, waits)).not.toMatch(/NaN|undefined|∞|Infinity/);
});

test.each([
  [0.0654, '0.0654'],
  [27, '27'],
  [73_171, '73,200'],
  [999_999, '1 million'],
  [7.3171e6, '7.32 million'],
  [1e10, '10 billion'],
])('%d is written as %s', (value, text) => {
  expect(short(value)).toBe(text);
});
