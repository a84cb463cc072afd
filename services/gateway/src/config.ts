import { randomBytes } from 'node:crypto';
import { commonConfig, Json, JwtSecret, leastSecretBytes } from '@overcookied/shared/config.ts';
import * as z from 'zod/mini';
import { LimitOverrides, limitsOf } from './limits/limits.ts';
import { TrustedProxies } from './limits/trusted-proxies.ts';
import { loginVariables, signInOf } from './login/login-config.ts';

const Origins = z.pipe(
  z.string(),
  z.transform((list, context) => {
    const origins = list.split(',').map((origin) => origin.trim());
    for (const origin of origins) {
      if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
      context.issues.push({
        code: 'custom',
        message: `must be a comma list of origins like https://play.example.org, got "${origin}"`,
        input: list,
      });
    }
    return origins;
  }),
);

/** `off`, or after how many ms. */
const PracticeAfter = z.pipe(
  z.string(),
  z.transform((text, context) => {
    if (text === 'off') return undefined;
    const ms = Number(text);
    if (/^\d+$/.test(text) && ms <= 3_600_000) return ms;
    context.issues.push({ code: 'custom', message: 'must be "off" or ms from 0 to 3600000', input: text });
    return z.NEVER;
  }),
);

/** Short enough to be typed, long enough not to be guessed in the tries that there are. */
const leastPasswordLength = 12;

const OpsPassword = z
  .string()
  .check(
    z.refine(
      (password) => password.length >= leastPasswordLength,
      `must be at least ${leastPasswordLength} characters long, for instance from: openssl rand -base64 18`,
    ),
  );

/** @param most in ms */
const milliseconds = (fallback: number, most: number) =>
  z._default(z.coerce.number('must be a number of ms').check(z.int(), z.gte(0), z.lte(most)), fallback);

const shape = z.object({
  ...commonConfig(8080),
  NODE_ENV: z.optional(z.string()),
  JWT_SECRET: z.optional(JwtSecret),
  ALLOWED_ORIGINS: z._default(Origins, []),
  TRUSTED_PROXIES: z._default(TrustedProxies, []),
  LIMITS: z.prefault(Json(LimitOverrides), '{}'),
  PRACTICE_AFTER_MS: z.prefault(PracticeAfter, '8000'),
  OPS_PASSWORD: z.optional(OpsPassword),
  /** How long it serves on, without being ready, after it was asked to end. */
  DRAIN_DELAY_MS: milliseconds(0, 300_000),
  /** How long it then takes to send its players elsewhere. */
  DRAIN_SPREAD_MS: milliseconds(3_000, 60_000),
  ...loginVariables,
});

/** The gateway's environment. */
export const GatewayConfig = z.pipe(
  shape,
  z.transform(({ NODE_ENV, JWT_SECRET, ...config }, context) => {
    const missing = (variable: string, message: string) => {
      context.issues.push({ code: 'custom', path: [variable], message, input: undefined });
    };
    if (!JWT_SECRET && NODE_ENV === 'production') {
      missing('JWT_SECRET', 'is required when NODE_ENV=production: all gateways must share one key');
    }
    const anyKey = randomBytes(leastSecretBytes).toString('base64url');
    return {
      ...config,
      JWT_SECRET: JWT_SECRET ?? ([anyKey] as const),
      LIMITS: limitsOf(config.LIMITS, NODE_ENV === 'production'),
      signIn: signInOf(config, missing),
    };
  }),
);
