import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Dashboard, dashboards, type Panel } from './dashboards.ts';

/** Columns of Grafana's grid. */
const columns = 24;
/** Of the panels here; others would need another look at what is checked. */
const types = ['row', 'stat', 'timeseries', 'state-timeline', 'table'];
/** Of Grafana's own names for units: a name that it does not know is shown behind the figure. */
const units = ['short', 's', 'percentunit', 'bytes', 'ops'];

const provisioned = new URL('grafana/provisioning/datasources/prometheus.yaml', import.meta.url);
const { datasources } = parse(readFileSync(provisioned, 'utf8'));

const overlap = (a: Panel['gridPos'], b: Panel['gridPos']) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test('there are dashboards, each with an address of its own', () => {
  const all = Object.values(dashboards);
  expect(Object.keys(dashboards).sort()).toEqual(['overview.json', 'services.json', 'valkey.json']);
  expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  for (const { uid } of all) expect(uid).toMatch(/^[a-z-]{1,40}$/);
});

describe.each(Object.entries(dashboards))('%s', (_name, dashboard: Dashboard) => {
  const { panels, templating } = dashboard;
  const graphs = panels.filter(({ type }) => type !== 'row');

  test('is of a version that the Grafana in Compose knows', () => {
    expect(dashboard.schemaVersion).toBe(41);
  });

  test('has panels that can be told apart, beside and not upon each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { title, type, gridPos } of panels) {
      expect(types, title).toContain(type);
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(columns);
      expect(Math.min(gridPos.x, gridPos.y, gridPos.w - 1, gridPos.h - 1), title).toBeGreaterThanOrEqual(0);
    }
    for (const [i, one] of panels.entries()) {
      for (const other of panels.slice(i + 1)) {
        expect(overlap(one.gridPos, other.gridPos), `${one.title} and ${other.title}`).toBe(false);
      }
    }
  });

  test('says in each panel what it shows, in which unit', () => {
    for (const { title, description, fieldConfig } of graphs) {
      expect(title.length).toBeGreaterThan(0);
      expect(description, title).toMatch(/^[A-Z0-9].*\.$/s);
      expect(units, title).toContain(fieldConfig?.defaults.unit);
      // The first step is the ground on which the others stand.
      const [ground, ...steps] = fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value) ?? [null];
      expect(ground, title).toBeNull();
      expect(steps, title).toEqual(steps.toSorted((a, b) => Number(a) - Number(b)));
    }
  });

  test('asks the Prometheus that is chosen, at first the one that Compose sets up', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: so Grafana names a variable.
    const chosen = { type: 'prometheus', uid: '${datasource}' };
    const variable = templating.list.find(({ name }) => name === 'datasource');
    expect(variable).toMatchObject({ type: 'datasource', current: { value: datasources[0].uid } });
    for (const { title, datasource, targets = [] } of graphs) {
      expect(datasource, title).toEqual(chosen);
      expect(targets.length, title).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
      for (const target of targets) expect(target.datasource, title).toEqual(chosen);
    }
  });

  test('uses no variable that it has not', () => {
    const known = ['__rate_interval', ...templating.list.map(({ name }) => name)];
    for (const { title, targets = [] } of graphs) {
      for (const { expr } of targets) {
        for (const [, name] of expr.matchAll(/\$(\w+)/g)) expect(known, title).toContain(name);
      }
    }
  });
});
