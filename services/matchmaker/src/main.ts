/** The matchmaker: pairs waiting players and announces their matches, whenever a BullMQ job wakes it. */
import { readConfig } from '@overcookied/shared/config.ts';
import { Health } from '@overcookied/shared/health.ts';
import { SignsOfLife } from '@overcookied/shared/instances/signs-of-life.ts';
import {
  AnnounceJob,
  announceQueueName,
  jobWorker,
  type WakeJob,
  wakeMatchmaker,
  wakeQueue,
  wakeQueueName,
} from '@overcookied/shared/jobs.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { serve } from '@overcookied/shared/runtime/serve.ts';
import { runService } from '@overcookied/shared/service.ts';
import { startTracing } from '@overcookied/shared/tracing/tracing.ts';
import { closeValkey, connectValkey, connectWorker, valkeyAddress } from '@overcookied/shared/valkey.ts';
import { warnOfEviction } from '@overcookied/shared/valkey-check.ts';
import { MatchmakerConfig } from './config.ts';
import { Matchmaker } from './matchmaker.ts';
import { measureQueue } from './queue-metrics.ts';

/** So many matches of two who share a code are announced at once: they do not wait for each other. */
const announcedAtOnce = 32;

await runService('matchmaker', async () => {
  const config = readConfig(MatchmakerConfig);
  const log = createLog('matchmaker', config.LOG_LEVEL);
  const metrics = new Metrics('matchmaker');
  await startTracing('matchmaker', log);
  const valkey = connectValkey(config.VALKEY_URL, log, config.WAIT_REPLICAS);
  const producer = connectValkey(config.VALKEY_URL, log);
  const wakes = connectWorker(config.VALKEY_URL, log);
  const announcements = connectWorker(config.VALKEY_URL, log);
  warnOfEviction(valkey, log);
  const health = new Health({ valkey });
  const server = await serve({
    app: health.routes(metrics),
    port: config.PORT,
    onError: (error) => log.error({ err: error }, 'request failed'),
  });
  log.info({ port: server.port, valkey: valkeyAddress(config.VALKEY_URL) }, 'matchmaker is up');

  measureQueue(valkey, metrics);
  const matchmaker = new Matchmaker(valkey, config.RULES, log, metrics);
  const queue = wakeQueue(producer, log);
  // No error: the connection has given a warning, and the next reminder makes up for it, as it does for a job whose
  // worker dies, long before BullMQ finds that.
  const reminded = (error: Error) => log.debug({ reason: error.message }, 'not done, to be reminded');
  const workers = [
    jobWorker<WakeJob>(
      wakeQueueName,
      wakes,
      log,
      async ({ name, deduplicationId }) => {
        if (name === 'wake' && deduplicationId) {
          await queue.removeDeduplicationKey(deduplicationId).catch((error: Error) => {
            // It runs out by itself.
            log.debug({ reason: error.message }, 'could not give a wake-up’s id free');
          });
        }
        await matchmaker.run().catch(reminded);
      },
      {},
    ),
    // Beside the common queue, which may be long: two friends do not wait for it.
    jobWorker<AnnounceJob>(
      announceQueueName,
      announcements,
      log,
      ({ data }) => matchmaker.announce(AnnounceJob.parse(data).roomId).catch(reminded),
      { concurrency: announcedAtOnce },
    ),
  ];
  // Whoever waits already, and what was left pending, is looked at as soon as Valkey is there (again).
  producer.on('ready', () => {
    wakeMatchmaker(queue).catch((error: Error) => log.debug({ reason: error.message }, 'wake-up failed'));
  });

  const signs = new SignsOfLife({ service: 'matchmaker', valkey, health, log });
  signs.start();

  return {
    log,
    stop: async () => {
      health.drain();
      await signs.stop();
      // A long queue is left to others after the pass that is under way; the job would last until it is empty.
      await Promise.all([matchmaker.stop(), ...workers.map((worker) => worker.close())]);
      await queue.close();
      await Promise.all([server.close(), ...[valkey, producer, wakes, announcements].map(closeValkey)]);
    },
  };
});
