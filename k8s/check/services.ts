/** What the services themselves say of their environment. */
import { readFileSync } from 'node:fs';
import { readConfig } from '@overcookied/shared/config.ts';
import * as z from 'zod/mini';
import { GameTickerConfig } from '../../services/game-ticker/src/config.ts';
import { GatewayConfig } from '../../services/gateway/src/config.ts';
import { MatchmakerConfig } from '../../services/matchmaker/src/config.ts';
import { PracticeConfig } from '../../services/practice/src/config.ts';

const schemas: Record<string, z.ZodMiniType> = {
  gateway: GatewayConfig,
  matchmaker: MatchmakerConfig,
  'game-ticker': GameTickerConfig,
  practice: PracticeConfig,
};

export const serviceNames = Object.keys(schemas);

/** Whether this container is a service of ours. */
export const isService = (name: string): boolean => name in schemas;

const logSource = readFileSync(new URL('../../shared/src/log.ts', import.meta.url), 'utf8');
/** The logger reads its variables itself, before there is a configuration. */
const logVariables = [...logSource.matchAll(/process\.env\.([A-Z_]+)/g)].map(([, name]) => name ?? '');
/** Node's own. */
const nodeVariables = ['NODE_OPTIONS'];
/** OpenTelemetry reads its own: those by which traces are turned on, and whereto, how and of how many they are exported. */
const traceVariables = [
  'OTEL_SDK_DISABLED',
  'OTEL_TRACES_EXPORTER',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
];

/** Names of the variables that a service reads. */
export function variablesOf(service: string): string[] {
  const others = [...logVariables, ...nodeVariables, ...traceVariables];
  return [...new Set([...Object.keys(shapeOf(service)), ...others])];
}

/**
 * What a service would say of these variables, of which there may be more than are given here.
 *
 * @returns variable → what is wrong and what is right
 */
export function wrongValues(service: string, env: Record<string, string>): Map<string, string> {
  const shape = shapeOf(service);
  const wrong = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    const schema = shape[name];
    if (!schema || value === '') continue;
    const { error } = z.safeParse(schema, value);
    if (error) wrong.set(name, error.issues.map(({ message }) => message).join('; '));
  }
  return wrong;
}

/**
 * The configuration that a service would start with.
 *
 * @throws ConfigError as the service would
 */
export function configOf(service: string, env: Record<string, string>): { PORT: number } {
  const schema = schemas[service];
  if (!schema) throw new Error(`there is no service ${service}`);
  return readConfig(schema, env) as { PORT: number };
}

/** Where a service listens with this environment. */
export const portOf = (service: string, env: Record<string, string>): number =>
  numberOf(service, 'PORT', env);

/** How long a service serves on with this environment after it was asked to end, and then sends players away, in s. */
export const drainOf = (service: string, env: Record<string, string>): { delay: number; spread: number } => ({
  delay: numberOf(service, 'DRAIN_DELAY_MS', env) / 1_000,
  spread: numberOf(service, 'DRAIN_SPREAD_MS', env) / 1_000,
});

/** A variable's value, or what the service takes in its place; 0 where the service reads none of this name. */
function numberOf(service: string, name: string, env: Record<string, string>): number {
  const schema = shapeOf(service)[name];
  return schema ? (z.parse(schema, env[name]) as number) : 0;
}

/** The variables' own schemas, whatever is checked over and above them all together. */
function shapeOf(service: string): Record<string, z.core.$ZodType> {
  let schema: z.core.$ZodType | undefined = schemas[service];
  while (schema instanceof z.core.$ZodPipe) schema = schema._zod.def.in;
  return schema instanceof z.core.$ZodObject ? schema._zod.def.shape : {};
}
