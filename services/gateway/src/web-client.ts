import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import { serveStatic } from '@overcookied/shared/runtime/serve.ts';
import type { Hono } from 'hono';
import { etag } from 'hono/etag';
import { pagePolicy } from './page-policy.ts';

const root = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Serves the web client at `/` and `/watch/{roomId}`, if it has been built; a gateway that only relays works without it. */
export function webClient(app: Hono<Served>, log: Logger): void {
  app.use('/*', pagePolicy(`${root}/index.html`));
  if (!existsSync(root)) {
    log.warn('the web client is not built, so there is no page at /; to build it: npm run build');
    app.get('/', (c) => c.text('The web client is not built. To build it: npm run build', 404));
    return;
  }
  app.use('/*', async (c, next) => {
    await next();
    if (c.res.status >= 400) return;
    // Built files have their content's hash in their name; the page that names them does not.
    const isNamedByContent = c.req.path.startsWith('/assets/');
    c.header('Cache-Control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  app.use('/', async (c, next) => {
    await next();
    // What the page asks first: on a slow line it would be half a second later, when the script has come that asks it.
    c.header('Link', '</auth/options>; rel=preload; as=fetch; crossorigin=anonymous');
  });
  app.use('/*', etag());
  // The build has compressed them, better than there is time for while somebody waits.
  app.get('/watch/:roomId', serveStatic({ root, path: 'index.html', precompressed: true }));
  app.use('/*', serveStatic({ root, precompressed: true }));
}
