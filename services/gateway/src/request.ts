import { zValidator } from '@hono/zod-validator';
import { issueText } from '@overcookied/shared/issue-text.ts';
import type { ZodMiniType } from 'zod/mini';

/** Checks a JSON body against a schema; a wrong one is answered with 400 and what would be right. */
export const body = <S extends ZodMiniType>(schema: S) =>
  zValidator('json', schema, (result, c) => {
    if (!result.success) return c.json({ error: issueText(result.error) }, 400);
    return undefined;
  });

/** Checks the query string against a schema, like `body`. */
export const query = <S extends ZodMiniType>(schema: S) =>
  zValidator('query', schema, (result, c) => {
    if (!result.success) return c.json({ error: issueText(result.error) }, 400);
    return undefined;
  });
