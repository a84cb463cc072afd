/** The operator's page, `/ops`: what runs, who waits, what is played, and BullMQ's board. It is for looking only. */
import { readFileSync } from 'node:fs';
import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Health } from '@overcookied/shared/health.ts';
import { type Queue, resultsQueueToLookAt } from '@overcookied/shared/jobs.ts';
import { instanceName, type Logger } from '@overcookied/shared/log.ts';
import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import { closeValkey, connectValkey, type Valkey } from '@overcookied/shared/valkey.ts';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Gate } from '../limits/gate.ts';
import { allowing } from '../security-headers.ts';
import { board } from './board.ts';
import { guard } from './guard.ts';
import { readOverview } from './overview.ts';
import { page } from './page.ts';

const path = '/ops';
const style = readFileSync(new URL('ops.css', import.meta.url), 'utf8');

const pagePolicy = { styleSrc: ["'self'"], imgSrc: ["'self'"] };

/** The board is an application of scripts, and says by <base> where they are. */
const boardPolicy = {
  ...pagePolicy,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  baseUri: ["'self'"],
};

interface OpsOptions {
  password: string;
  gate: Gate;
  valkey: Valkey;
  clock: ValkeyClock;
  health: Health;
  /** BullMQ's queues that the gateway has anyway. */
  queues: Queue[];
  /** Where the results' queue is. */
  recordsUrl: string;
  log: Logger;
}

export interface Ops {
  routes: Hono<Served>;
  close(): Promise<void>;
}

/** Makes what `/ops` needs, to be had only where it is on. */
export function operatorsPage({
  password,
  gate,
  valkey,
  clock,
  health,
  queues,
  recordsUrl,
  log,
}: OpsOptions): Ops {
  const producer = connectValkey(recordsUrl, log);
  const results = resultsQueueToLookAt(producer, log);
  const all = [...queues, results];
  const routes = new Hono<Served>().basePath(path);
  routes.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ err: error, path: c.req.path }, 'the operator’s page failed');
    return c.text('Something went wrong here: the log tells what.', 500);
  });
  routes.use('*', async (c, next) => {
    await next();
    // Not by c.header, which copies the answer, and loses on the way what headers were set on it.
    c.res.headers.set('Cache-Control', 'no-store');
  });
  routes.use('*', ...guard(password, gate, log));
  routes.get('/', allowing(pagePolicy), async (c) => {
    const [overview, problems] = await Promise.all([
      readOverview(valkey, all, clock.now()),
      health.problems(),
    ]);
    const isStill = c.req.query('still') !== undefined;
    return c.html(page({ overview, problems, instance: instanceName('gateway'), isStill }));
  });
  routes.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  routes.use('/board/*', allowing(boardPolicy));
  routes.route('/board', board(`${path}/board`, all));
  return {
    routes,
    close: async () => {
      await results.close();
      await closeValkey(producer);
    },
  };
}
