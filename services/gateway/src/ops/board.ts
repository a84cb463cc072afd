import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import type { Queue } from '@overcookied/shared/jobs.ts';
import { serveStatic } from '@overcookied/shared/runtime/serve.ts';
import { Hono } from 'hono';
import { timeout } from 'hono/timeout';

/** BullMQ waits for as long as Valkey is away; whoever looks at the board does not, in ms. */
const answerWithinMs = 5_000;

/**
 * BullMQ's board of these queues, for looking only: it knows no way to have a failed result tried for a day again, as
 * `npm run audit -- --retry-failed` does, and whatever else it could do by a click loses players or results.
 *
 * @param path where it will be
 */
export function board(path: string, queues: Queue[]): Hono {
  const serverAdapter = new HonoAdapter(serveStatic).setBasePath(path);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'Overcookied',
        hideDocsLink: true,
        miscLinks: [{ text: 'Overcookied operations', url: '/ops' }],
        // Both ask what Valkey's users may not (CLIENT LIST), or what the dashboards show better.
        showWorkers: false,
        hideRedisDetails: true,
      },
    },
  });
  return new Hono()
    .use(async (c, next) => (c.req.method === 'GET' ? next() : c.text('The board is for looking only.', 405)))
    .use('/api/*', timeout(answerWithinMs))
    .route('/', serverAdapter.registerPlugin());
}
