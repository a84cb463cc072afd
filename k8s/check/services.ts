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

/** Names of the variables that a service reads. */
export function variablesOf(service: string): string[] {
  return [...new Set([...Object.keys(shapeOf(service)), ...logVariables, ...nodeVariables])];
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
export function portOf(service: string, env: Record<string, string>): number {
  const schema = shapeOf(service).PORT;
  return schema ? (z.parse(schema, env.PORT) as number) : 0;
}

/** The variables' own schemas, whatever is checked over and above them all together. */
function shapeOf(service: string): Record<string, z.core.$ZodType> {
  let schema: z.core.$ZodType | undefined = schemas[service];
  while (schema instanceof z.core.$ZodPipe) schema = schema._zod.def.in;
  return schema instanceof z.core.$ZodObject ? schema._zod.def.shape : {};
}
