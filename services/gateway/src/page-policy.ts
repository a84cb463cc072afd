import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { MiddlewareHandler } from 'hono';
import { allowing } from './security-headers.ts';

/**
 * What the page may do in a browser: run its own scripts, reach its own gateway, and be styled by what it carries itself,
 * which is named by its hash. A style that somebody gets into the page all the same has another.
 *
 * @param file of the page
 */
export function pagePolicy(file: string): MiddlewareHandler {
  let builtAt: number | undefined;
  let hashes = '';
  const styles = () => {
    // Built anew while the gateway runs, as happens in development, the page has other styles.
    const builtNow = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (builtNow !== undefined && builtNow !== builtAt) {
      hashes = styleHashes(readFileSync(file, 'utf8')).join(' ');
      builtAt = builtNow;
    }
    return hashes;
  };
  return allowing({
    // WebSockets of the same origin included, in all browsers that the page is built for; so are manifest and worker.
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", styles],
    imgSrc: ["'self'", 'https:', 'data:'],
    objectSrc: ["'none'"],
    formAction: ["'self'"],
  });
}

/** The page's style elements as a Content-Security-Policy names them. */
export const styleHashes = (html: string): string[] =>
  [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
