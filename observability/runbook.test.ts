import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const runbook = read('docs/runbook.md');
const headings = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
/** As GitHub makes them. */
const anchors = headings.map((text) =>
  text
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-'),
);

interface Alert {
  alert: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
const alerts: Alert[] = parse(read('observability/prometheus/alerts.yml')).groups.flatMap(
  ({ rules }: { rules: Alert[] }) => rules,
);

/** What stands below a heading. */
function section(heading: string): string {
  const [, after = ''] = runbook.split(new RegExp(`^#+ ${heading}$`, 'm'));
  return after.split(/^#+ /m)[0] ?? '';
}

test('every alert has its section in the runbook, and every section its alert', () => {
  const chapter = runbook.slice(
    runbook.indexOf('\n## Alerts\n'),
    runbook.indexOf('\n## What the services say\n'),
  );
  const sections = [...chapter.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});

test.each(alerts.map((alert) => [alert.alert, alert] as const))(
  '%s leads there',
  (name, { labels, annotations }) => {
    const [file, anchor] = annotations.runbook_url?.split('#') ?? [];
    expect(file).toBe('docs/runbook.md');
    expect(anchor).toBe(name.toLowerCase());
    expect(anchors).toContain(anchor);
    expect(annotations.summary?.length).toBeGreaterThan(20);
    expect(['critical', 'warning']).toContain(labels.severity);
    const text = section(name);
    expect(text.startsWith('\n\nCritical. ') || text.startsWith('\n\nCritical.\n')).toBe(
      labels.severity === 'critical',
    );
    for (const part of [/_players/i, /do:_/i]) expect(text).toMatch(part);
  },
);

test('whatever the runbook leads to is there', () => {
  for (const [, target = ''] of runbook.matchAll(/\]\(([^)]+)\)/g)) {
    const [file = '', anchor] = target.split('#');
    if (file === '') expect(anchors).toContain(anchor);
    else expect(read(`docs/${file}`).length, target).toBeGreaterThan(0);
  }
  for (const [, path = ''] of runbook.matchAll(/`((?:tests|infra|k8s|observability|shared)\/[\w./-]+)`/g)) {
    expect(() => readFileSync(new URL(`../${path}`, import.meta.url)), path).not.toThrow(/ENOENT/);
  }
});
