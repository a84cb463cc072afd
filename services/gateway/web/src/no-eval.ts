/**
 * Imported before anything that makes a schema: zod asks at that moment whether `new Function` is allowed, and
 * the page's Content-Security-Policy would report the question.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });
