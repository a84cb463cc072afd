/** The gateway: holds players' WebSockets, and turns frames into Valkey calls and Valkey's events into frames. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ValkeyClock } from '@overcookied/shared/clock.ts';
import { readConfig } from '@overcookied/shared/config.ts';
import { Fresh } from '@overcookied/shared/fresh.ts';
import { Health } from '@overcookied/shared/health.ts';
import { SignsOfLife } from '@overcookied/shared/instances/signs-of-life.ts';
import {
  announceQueue,
  practiceQueue,
  remindMatchmaker,
  wakeMatchmaker,
  wakeQueue,
} from '@overcookied/shared/jobs.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { readOutlook } from '@overcookied/shared/queue/queue.ts';
import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import { serve } from '@overcookied/shared/runtime/serve.ts';
import { runService } from '@overcookied/shared/service.ts';
import { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import { Tokens } from '@overcookied/shared/tokens.ts';
import { startTracing } from '@overcookied/shared/tracing/tracing.ts';
import { closeValkey, connectValkey, valkeyAddress } from '@overcookied/shared/valkey.ts';
import { warnOfEviction } from '@overcookied/shared/valkey-check.ts';
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import { ClickCalls } from './click-calls.ts';
import { GatewayConfig } from './config.ts';
import { EventLag } from './event-lag.ts';
import { httpRoutes } from './http-routes.ts';
import { Clients } from './limits/clients.ts';
import { Gate } from './limits/gate.ts';
import { Refusals } from './limits/refusals.ts';
import { Lobby } from './lobby.ts';
import { createLogin } from './login/login.ts';
import { Outcomes } from './outcomes.ts';
import { Rooms } from './rooms.ts';
import { securityHeaders } from './security-headers.ts';
import { Sessions } from './sessions.ts';
import { SlowClients } from './slow-clients.ts';
import { socketRoute } from './socket-route.ts';
import { watchRoute } from './watching/watch-route.ts';
import { Watchers } from './watching/watchers.ts';

/** How old an outlook on the queue may be, in ms. */
const outlookMs = 1_000;

await runService('gateway', async () => {
  const config = readConfig(GatewayConfig);
  const gatewayId = nanoid(10);
  const log = createLog('gateway', config.LOG_LEVEL);
  const metrics = new Metrics('gateway');
  await startTracing('gateway', log);

  const valkey = connectValkey(config.VALKEY_URL, log, config.WAIT_REPLICAS);
  const subscriptions = new Subscriptions(config.VALKEY_URL, log);
  const recordsUrl = config.RECORDS_URL ?? config.VALKEY_URL;
  const records = connectValkey(recordsUrl, log);
  const jobs = connectValkey(config.VALKEY_URL, log, config.WAIT_REPLICAS);
  const clock = new ValkeyClock(valkey, log, metrics);
  warnOfEviction(valkey, log);
  const health = new Health({ valkey }, { subscriptions });
  const tokens = new Tokens(...config.JWT_SECRET);
  const wakes = wakeQueue(jobs, log);
  const announcements = announceQueue(jobs, log);
  const practice = practiceQueue(jobs, log);

  const gaps = metrics.counter('event_gaps_total', 'Missed events that made a gateway read a match again.');
  const watchFrames = metrics.counter('watch_frames_sent_total', 'Frames sent to whoever watches a match.');
  const lag = new EventLag(clock, metrics);
  const rooms = new Rooms({ valkey, subscriptions, clock, log, gaps, lag, watchFrames });
  const watchers = new Watchers(rooms, config.LIMITS.watchersPerMatch);
  const outlooks = new Fresh(() => readOutlook(valkey), outlookMs);
  const sessions = new Sessions(
    {
      valkey,
      records,
      gatewayId,
      clock,
      rooms,
      clicks: new ClickCalls(valkey, config.WAIT_REPLICAS === 0 ? subscriptions : undefined),
      outlooks,
      log,
      outcomes: new Outcomes(metrics),
      joins: metrics.counter('joins_total', 'Wishes for an opponent, by what came of them.', [
        'mode',
        'outcome',
      ]),
      resumes: metrics.counter('resumes_total', 'Players who came back to a match.', ['outcome']),
      practiceAfterMs: config.PRACTICE_AFTER_MS,
      wake: () => wakeMatchmaker(wakes),
      remind: () => remindMatchmaker(wakes),
      announce: async (roomId) => {
        await announcements.add('announce', { roomId });
      },
      summonBot: async (job) => {
        await practice.add('practice', job);
      },
    },
    subscriptions,
    () => watchers.sendElsewhere(),
  );
  metrics.gauge('sockets', 'Players connected to this gateway.', () => sessions.size);
  metrics.gauge('rooms', 'Matches with a player on this gateway.', () => rooms.played);
  metrics.gauge('watchers', 'Clients that watch a match by this gateway.', () => watchers.size);
  metrics.gauges('gateway_matches', 'Matches by phase.', ['phase'], () => rooms.countPhases());

  const allowedOrigins = config.ALLOWED_ORIGINS;
  const login = await createLogin({
    tokens,
    secrets: config.JWT_SECRET,
    valkey,
    signIn: config.signIn,
    allowedOrigins,
    metrics,
    log,
  });
  const clients = new Clients(config.TRUSTED_PROXIES);
  const gate = new Gate({
    valkey,
    gatewayId,
    now: () => clock.now(),
    limits: config.LIMITS,
    clients,
    refusals: new Refusals(metrics, log),
  });
  const app = new Hono<Served>();
  app.use(...securityHeaders(clients));
  const frames = metrics.counter('frames_received_total', 'Frames from clients; bad ones by their error.', [
    'type',
  ]);
  const closes = metrics.counter('closes_total', 'Sockets closed.', ['code']);
  const care = {
    slow: new SlowClients(metrics),
    cuts: metrics.counter('cuts_total', 'Sockets ended without a goodbye.', ['cause']),
  };
  const connections = { gate, care, allowedOrigins, frames, closes };
  socketRoute(app, { ...connections, tokens, tickets: login.tickets, sessions });
  watchRoute(app, { ...connections, watchers, clock });
  const queues = [wakes, announcements, practice];
  const password = config.OPS_PASSWORD;
  // Loaded only where it is on.
  const ops =
    password === undefined
      ? undefined
      : (await import('./ops/ops.ts')).operatorsPage({
          password,
          gate,
          valkey,
          clock,
          health,
          queues,
          recordsUrl,
          log,
        });
  if (ops) app.route('/', ops.routes);
  const offersPractice = config.PRACTICE_AFTER_MS !== undefined;
  const lobby = new Lobby({ valkey, clock, outlooks, offersPractice });
  httpRoutes(app, { gate, login, matches: valkey, records, lobby, health, metrics, log, allowedOrigins });

  const server = await serve({
    app,
    port: config.PORT,
    onError: (error) => log.error({ err: error }, 'connection failed'),
    headersTimeoutMs: config.LIMITS.headersMs,
    maxHeaderBytes: config.LIMITS.headerBytes,
    onRefused: (why) => gate.refusals.add(why === 'late' ? 'headersMs' : 'headerBytes'),
  });
  log.info(
    { gateway: gatewayId, port: server.port, valkey: valkeyAddress(config.VALKEY_URL) },
    'gateway is up',
  );
  void clock.start();
  await sessions.start();

  const signs = new SignsOfLife({
    service: 'gateway',
    valkey,
    health,
    log,
    load: () => ({ players: sessions.size, matches: rooms.played }),
  });
  signs.start();

  return {
    log,
    drainMs: config.DRAIN_DELAY_MS + config.DRAIN_SPREAD_MS,
    stop: async () => {
      health.drain();
      // Until load balancers have noticed they send new players here.
      await sleep(config.DRAIN_DELAY_MS);
      await Promise.all([sessions.stop(config.DRAIN_SPREAD_MS), watchers.stop(config.DRAIN_SPREAD_MS)]);
      await signs.stop();
      clock.stop();
      gate.stop();
      await Promise.all([...queues.map((queue) => queue.close()), ops?.close()]);
      await server.close();
      subscriptions.close();
      await Promise.all([valkey, records, jobs].map(closeValkey));
    },
  };
});
