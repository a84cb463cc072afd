/**
 * What the services have in common in their environment.
 *
 * Each service validates its environment once, at start. A wrong value is a `ConfigError` whose message is
 * one readable line, and the service stops: a pod that starts with a typo and half works is worse.
 */
import * as z from 'zod/mini';
import { issueText } from './issue-text.ts';
import { Rules } from './rules.ts';
import { parseValkeyUrl } from './valkey-address.ts';

/** The environment cannot be used. `message` is one line for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const ValkeyUrl = z.pipe(
  z.string(),
  z.transform((url, context) => {
    try {
      parseValkeyUrl(url);
      return url;
    } catch (error) {
      context.issues.push({ code: 'custom', message: (error as Error).message, input: '' });
      return z.NEVER;
    }
  }),
);

const json = z.transform((text: string, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.issues.push({ code: 'custom', message: 'must be JSON', input: text });
    return z.NEVER;
  }
});

/** What a variable holds as JSON. */
export const Json = <S extends z.ZodMiniType>(schema: S) => z.pipe(z.pipe(z.string(), json), schema);

/** As RFC 7518, section 3.2 asks of a key for HS256. */
export const leastSecretBytes = 32;

/**
 * The keys of players' tokens, a comma list, shared by whoever issues or checks them: the first signs, all are accepted,
 * so that one can take another's place.
 */
export const JwtSecret = z.pipe(
  z.string(),
  z.transform((list, context) => {
    const keys = list.split(',').map((key) => key.trim()) as [string, ...string[]];
    for (const [i, key] of keys.entries()) {
      if (Buffer.byteLength(key) >= leastSecretBytes) continue;
      const which = keys.length === 1 ? '' : `key ${i + 1} of ${keys.length} `;
      const message = `${which}must be at least ${leastSecretBytes} bytes long, for instance from: openssl rand -base64 48`;
      // Without the input: whoever reads of it in a log is not to read the keys.
      context.issues.push({ code: 'custom', message, input: '' });
    }
    return keys;
  }),
);

/** `PORT=0` picks a free port. */
const port = (fallback: number) =>
  z._default(z.coerce.number('must be a number').check(z.int(), z.gte(0), z.lte(65_535)), fallback);

/**
 * The variables that every service reads, as the shape of a schema; a service adds its own.
 *
 * @param defaultPort where the service listens unless `PORT` says otherwise
 */
export const commonConfig = (defaultPort: number) => ({
  VALKEY_URL: z.prefault(ValkeyUrl, 'valkey://127.0.0.1:6379'),
  RECORDS_URL: z.optional(ValkeyUrl),
  WAIT_REPLICAS: z._default(z.coerce.number('must be a number').check(z.int(), z.gte(0), z.lte(5)), 0),
  PORT: port(defaultPort),
  LOG_LEVEL: z._default(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
  RULES: z.prefault(Json(Rules), '{}'),
});

/**
 * Reads and checks the environment. An empty variable counts as absent, as Compose and Kubernetes write it.
 *
 * @throws ConfigError that names each wrong variable, what is wrong and what is right
 */
export function readConfig<S extends z.ZodMiniType>(
  schema: S,
  env: NodeJS.ProcessEnv = process.env,
): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) throw new ConfigError(`wrong environment: ${issueText(result.error)}`);
  return result.data;
}
