/**
 * What alerts and dashboards ask for, the services must tell: a metric or label that has been renamed makes an alert
 * that never fires, and nobody notices.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceQueue, resultsQueue } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { readQuery } from '../k8s/check/promql.ts';
import { dashboards, filledIn } from '../observability/dashboards.ts';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';
import { silentLog } from './support/valkey.ts';

/** What Prometheus itself tells of its targets and rules, and what it puts on every time series. */
const ofPrometheus = {
  metrics: ['up', 'ALERTS'],
  labels: ['job', 'instance', 'alertname', 'severity', 'alertstate'],
};

const alerts = parse(
  readFileSync(new URL('../observability/prometheus/alerts.yml', import.meta.url), 'utf8'),
);

const queries: [where: string, query: string][] = [
  ...alerts.groups.flatMap(({ rules }: { rules: { alert: string; expr: string }[] }) =>
    rules.map(({ alert, expr }) => [`alert ${alert}`, expr]),
  ),
  ...Object.entries(dashboards).flatMap(([file, { panels, templating }]) => [
    ...panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }): [string, string] => [`${file}: ${title}`, filledIn(expr)]),
    ),
    ...templating.list.flatMap(({ name, definition }): [string, string][] => {
      const [, metric, label] = definition?.match(/^label_values\((\w+), (\w+)\)$/) ?? [];
      return metric ? [[`${file}: variable ${name}`, `sum by (${label}) (${metric})`]] : [];
    }),
  ]),
];

let dir: string;
let valkey: RunningValkey;
let stack: Stack;
let practice: TestService;
/** Metric → label → its values, as all services have told them. */
const told = new Map<string, Map<string, Set<string>>>();
/** Metric → its type. */
const types = new Map<string, string>();
/** Of the match that was played. */
let ids: string[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-told-'));
  valkey = await startValkey({ dir, persist: false, args: ['--maxmemory', '1gb'] });
  const rules = { countdownMs: 200, matchMs: 2_000, goldenGapMs: [200, 300] };
  stack = await startStack(rules, valkey.url);
  practice = new TestService('practice', { ...stack.env, GATEWAY_URL: stack.gateways[0].url });
  await practice.ready();
  // A counter tells no label before it counts.
  await Promise.all([playMatch(), doInVain()]);
  await eventually(async () => {
    for (const { url } of [...stack.gateways, stack.matchmaker, stack.ticker, practice]) {
      learn((await getJson(`${url}/metrics`)).body as string);
    }
    const counters = ['practice_bots_ended_total', 'results_failures_total', 'results_recorded_total'];
    return counters.every((name) => told.get(`overcookied_${name}`)?.size);
  }, 15_000);
}, 60_000);

afterAll(async () => {
  await practice?.stop();
  await stack?.stop();
  await valkey?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** With a player who comes back by another gateway, a click and a claim, to its end. */
async function playMatch(): Promise<void> {
  const [{ url: here }, { url: there }] = stack.gateways;
  const { players, guests, starts } = await meet([here, there]);
  ids = [starts[0].payload.roomId, ...guests.flatMap(({ id, token }) => [id, token])];
  const [ada] = players;
  const bo = await Stranger.connect(here, guests[1].token);
  await bo.next('GAME_START');
  await until(starts[0].payload.startsAt + 20, starts[0]);
  ada.send('CLICK', { seq: 1, count: 1 });
  const spawn = await bo.next('COOKIE_SPAWN');
  bo.send('COOKIE_CLICK', { id: spawn.payload.id });
  await Promise.all([ada, bo].map((player) => player.next('GAME_OVER')));
  for (const player of [ada, bo]) player.close();
  await Promise.all([ada, bo].map((player) => player.closing()));
}

/** A result that is none fails for good, a bot whose player has gone is refused, and a script meets what it cannot read. */
async function doInVain(): Promise<void> {
  const connection = connectValkey(valkey.url, silentLog);
  await whenReady(connection);
  const results = resultsQueue(connection, silentLog);
  const bots = practiceQueue(connection, silentLog);
  await results.add('record', {} as MatchResult);
  await bots.add('practice', { code: 'nobody-waits-here', rating: 1_500 });
  const { url } = stack.gateways[0];
  const { id, token } = await guest(url, 'Eve');
  await connection.hset(keys.tickets, id, 'no JSON');
  const eve = await Stranger.connect(url, token);
  eve.send('JOIN_QUEUE');
  await eve.next('ERROR');
  eve.close();
  await Promise.all([results.close(), bots.close(), connection.hdel(keys.tickets, id)]);
  connection.disconnect();
}

/** @param page of metrics, as Prometheus reads it */
function learn(page: string): void {
  const labelsOf = (metric: string) => {
    const labels = told.get(metric) ?? new Map<string, Set<string>>();
    told.set(metric, labels);
    return labels;
  };
  // Of a counter that has not counted yet only the name is told.
  for (const [, name = '', type = ''] of page.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    types.set(name, type);
    if (type !== 'histogram') labelsOf(name);
  }
  for (const [, metric = '', text = ''] of page.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const labels = labelsOf(metric);
    for (const [, label = '', value = ''] of text.matchAll(/(\w+)="([^"]*)"/g)) {
      labels.set(label, (labels.get(label) ?? new Set()).add(value));
    }
  }
}

describe.each(queries)('%s', (_where, query) => {
  test('asks for what is told', () => {
    const { metrics, matchers, groupings, mistake } = readQuery(query);
    expect(mistake).toBeUndefined();
    expect(metrics.length).toBeGreaterThan(0);
    for (const metric of metrics) expect([...told.keys(), ...ofPrometheus.metrics]).toContain(metric);
    const known = metrics.flatMap((metric) => [...(told.get(metric)?.keys() ?? [])]);
    for (const label of groupings) expect([...known, ...ofPrometheus.labels]).toContain(label);
    for (const { metric, label, value } of matchers) {
      if (ofPrometheus.labels.includes(label)) continue;
      const values = told.get(metric)?.get(label);
      expect([...(told.get(metric)?.keys() ?? [])], metric).toContain(label);
      if (value !== undefined) expect([...(values ?? [])], `${metric} ${label}`).toContain(value);
    }
  });
});

const ours = () => [...types].filter(([name]) => name.startsWith('overcookied_'));

/** Rows of the table in docs/operations.md. */
const documented = [
  ...readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8').matchAll(
    /^\| `(overcookied_\w+)(?:\{([\w,]+)\})?` +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm,
  ),
].map(([, name = '', labels = '', , unit = '', meaning = '']) => ({
  name,
  labels: labels.split(',').filter(Boolean),
  unit: unit.trim(),
  meaning: meaning.trim(),
}));

test('what the services tell is in docs/operations.md, and nothing else is', () => {
  expect(documented.map(({ name }) => name).sort()).toEqual(
    ours()
      .map(([name]) => name)
      .sort(),
  );
});

test('each is documented with its labels, its unit and what it means', () => {
  for (const { name, labels, unit, meaning } of documented) {
    const series = types.get(name) === 'histogram' ? `${name}_bucket` : name;
    const known = [...(told.get(series)?.keys() ?? [])].filter((label) => !['service', 'le'].includes(label));
    // What has not counted yet tells no labels.
    if (known.length > 0) expect(known.sort(), name).toEqual(labels.toSorted());
    expect(unit, name).toMatch(/^[a-z0-9][a-z0-9 ,]*$/);
    expect(meaning.length, name).toBeGreaterThan(10);
  }
});

test('names say what is counted, in Prometheus’ base units', () => {
  for (const [name, type] of ours()) {
    expect(name.endsWith('_total'), `${name} is a ${type}`).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes|points)$/);
    expect(name).not.toMatch(/_(ms|us|ns|millis\w*|micros\w*|minutes|kb|mb|percent)(_|$)/);
    const { unit = '' } = documented.find((row) => row.name === name) ?? {};
    for (const base of ['seconds', 'bytes']) {
      expect(unit === base, `${name} in ${unit}`).toBe(new RegExp(`_${base}(_total)?$`).test(name));
    }
  }
});

test('no label has a value for each player or match', () => {
  for (const [name, labels] of told) {
    if (!name.startsWith('overcookied_')) continue;
    for (const [label, values] of labels) {
      expect(values.size, `${name}{${label}}`).toBeLessThan(100);
      for (const value of values) for (const id of ids) expect(value, `${name}{${label}}`).not.toContain(id);
    }
  }
});
