import { randomBytes } from 'node:crypto';
import { commonConfig } from '@overcookied/shared/config.ts';
import * as z from 'zod/mini';

/** As RFC 7518, section 3.2 asks of a key for HS256. */
const leastSecretBytes = 32;

const Secret = z
  .string()
  .check(
    z.refine(
      (secret) => Buffer.byteLength(secret) >= leastSecretBytes,
      `must be at least ${leastSecretBytes} bytes long, for instance from: openssl rand -base64 48`,
    ),
  );

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

const shape = z.object({
  ...commonConfig(8080),
  NODE_ENV: z.optional(z.string()),
  JWT_SECRET: z.optional(Secret),
  ALLOWED_ORIGINS: z._default(Origins, []),
});

/** The gateway's environment. */
export const GatewayConfig = z.pipe(
  shape,
  z.transform(({ NODE_ENV, JWT_SECRET, ...config }, context) => {
    if (!JWT_SECRET && NODE_ENV === 'production') {
      context.issues.push({
        code: 'custom',
        path: ['JWT_SECRET'],
        message: 'is required when NODE_ENV=production: all gateways must share one key',
        input: JWT_SECRET,
      });
    }
    return { ...config, JWT_SECRET: JWT_SECRET ?? randomBytes(leastSecretBytes).toString('base64url') };
  }),
);
