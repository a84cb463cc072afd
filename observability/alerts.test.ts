import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findPromtool, type Promtool } from '../dev/prometheus/promtool.ts';

const file = (name: string) => fileURLToPath(new URL(`prometheus/${name}`, import.meta.url));

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

interface RuleTests {
  tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
}

const read = (name: string) => parse(readFileSync(file(name), 'utf8'));
const { groups }: Rules = read('alerts.yml');
const { tests }: RuleTests = read('alerts.test.yml');
const alerts = groups.flatMap(({ rules }) => rules);

let promtool: Promtool | undefined;

beforeAll(async () => {
  promtool = await findPromtool();
}, 300_000);

test('Prometheus takes the rules', async ({ skip }) => {
  if (!promtool) return skip('there is no promtool here: install Prometheus');
  expect(await promtool('check', 'rules', file('alerts.yml'))).toMatch(/SUCCESS: \d+ rules found/);
});

// Two seconds' work, but of all processors.
test('every alert fires when it must, and not when it need not', { timeout: 120_000 }, async ({ skip }) => {
  if (!promtool) return skip('there is no promtool here: install Prometheus');
  expect(await promtool('test', 'rules', file('alerts.test.yml'))).toContain('SUCCESS');
});

test('every alert is tried, once when it fires and once when it does not', () => {
  const tries = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  for (const fires of [true, false]) {
    const tried = tries.filter(({ exp_alerts = [] }) => exp_alerts.length > 0 === fires);
    expect(new Set(tried.map(({ alertname }) => alertname))).toEqual(
      new Set(alerts.map(({ alert }) => alert)),
    );
  }
});
