/**
 * What is particular to the runtime: serving HTTP and WebSockets. Everything else runs unchanged on any.
 */
import { runtime } from './runtime.ts';
import type { ServeOptions, Server } from './server.ts';

/** Files of a folder, as a handler of the app. */
export { serveStatic } from '@hono/node-server/serve-static';

/**
 * Serves an app, WebSockets included (see `upgrade`).
 *
 * @throws Error that says so when the port is taken
 */
export async function serve(options: ServeOptions): Promise<Server> {
  // Each loads what only it needs.
  if (runtime === 'bun') return (await import('./bun.ts')).serveOnBun(options);
  return (await import('./node.ts')).serveOnNode(options);
}
