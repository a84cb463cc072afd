import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

const paths = [
  'compose.yaml',
  'compose.dev.yaml',
  'tests/compose/compose.smoke.yaml',
  'Dockerfile',
  '.env.example',
  'package.json',
  'compose/make-secrets.sh',
  'haproxy/haproxy.cfg',
  'observability/prometheus/prometheus.yml',
  'observability/grafana/provisioning/datasources/prometheus.yaml',
  'observability/grafana/provisioning/dashboards/overcookied.yaml',
] as const;
export type SourcePath = (typeof paths)[number];

/** What Compose's stack is made of, by path. */
export type Sources = Record<SourcePath, string>;

/** The files as they are. */
export function readSources(): Sources {
  const entries = paths.map((path) => [path, readFileSync(`${repository}${path}`, 'utf8')]);
  return Object.fromEntries(entries) as Sources;
}

/** A service of compose.yaml, as far as it is looked at. */
export interface Service {
  image?: string;
  build?: { target?: string; args?: Record<string, string> };
  user?: string;
  command?: string[];
  environment?: Record<string, string>;
  networks?: string[];
  network_mode?: string;
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, object>;
  healthcheck?: { test?: string[]; disable?: boolean };
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  restart?: string;
  stop_grace_period?: string;
  container_name?: string;
  mem_limit?: string;
}

export interface ComposeFile {
  services: Record<string, Service>;
  networks?: Record<string, { internal?: boolean } | null>;
  volumes?: Record<string, object | null>;
}

/** Reads a Compose file; variables that it asks for have their defaults. */
export function composeFile(text: string): ComposeFile {
  return interpolated(parse(text, { merge: true })) as ComposeFile;
}

function interpolated(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\$|\$\{[A-Z_]+(?::-([^}]*))?\}/g, (found, byDefault = '') =>
      found === '$$' ? '$' : byDefault,
    );
  }
  if (Array.isArray(value)) return value.map(interpolated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, interpolated(inner)]));
}

/** Whether two services can reach each other. */
export function shareNetwork({ services }: ComposeFile, one: string, other: string): boolean {
  const networks = services[other]?.networks ?? [];
  return (services[one]?.networks ?? []).some((network) => networks.includes(network));
}
