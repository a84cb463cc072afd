import { readdirSync, readFileSync } from 'node:fs';

/** What is checked of a dashboard, as Grafana keeps it. */
export interface Dashboard {
  uid: string;
  title: string;
  schemaVersion: number;
  templating: { list: { name: string; type: string; current: { value: unknown }; definition?: string }[] };
  panels: Panel[];
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: string; uid: string };
  fieldConfig?: {
    defaults: { unit?: string; thresholds?: { steps: { value: number | null; color: string }[] } };
  };
  targets?: { refId: string; expr: string; datasource: { type: string; uid: string } }[];
}

const folder = new URL('grafana/dashboards/', import.meta.url);

/** All dashboards, by the names of their files. */
export const dashboards: Record<string, Dashboard> = Object.fromEntries(
  readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
);

/** A query as Prometheus gets it: with values in the place of Grafana's variables. */
export const filledIn = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$\w+/g, '.*');
