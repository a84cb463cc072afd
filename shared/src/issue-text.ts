import type * as z from 'zod/mini';
import { config, locales } from 'zod/mini';

// Without a locale every message of zod/mini is "Invalid input", which tells nobody what would be right.
config(locales.en());

/** What a schema found wrong, in one line: `limit: Too big: expected number to be <=100`. */
export function issueText(error: z.core.$ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length ? `${path.map(String).join('.')}: ${message}` : message))
    .join('; ');
}
