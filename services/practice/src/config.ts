import { commonConfig, JwtSecret } from '@overcookied/shared/config.ts';
import * as z from 'zod/mini';

/** `http://gateway:8080`: where a path, a query or a password would be, something else was meant. */
const GatewayUrl = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (text) => /^https?:\/\/[^/?#@]+\/?$/i.test(text) && URL.canParse(text),
        'must be the address of a gateway like http://127.0.0.1:8080',
      ),
    ),
  z.transform((text) => new URL(text).origin),
);

/** The practice service's environment. */
export const PracticeConfig = z.object({
  ...commonConfig(8083),
  // No default, not even in development: gateways would refuse every bot.
  JWT_SECRET: z.pipe(z.string("is required: the gateways' key, by which they know our bots"), JwtSecret),
  GATEWAY_URL: z._default(GatewayUrl, 'http://127.0.0.1:8080'),
  /** The most bots at once. */
  PRACTICE_BOTS: z._default(z.coerce.number('must be a number').check(z.int(), z.gte(1), z.lte(1_000)), 50),
});
