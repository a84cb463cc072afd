/** The matchmaker: a BullMQ worker that pairs waiting players whenever it is woken. */
import { commonConfig, readConfig } from '@overcookied/shared/config.ts';
import { Health } from '@overcookied/shared/health.ts';
import { jobOptions, wakeMatchmaker, wakeQueue, wakeQueueName } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { listen } from '@overcookied/shared/runtime.ts';
import { runService } from '@overcookied/shared/service.ts';
import {
  closeValkey,
  connectProducer,
  connectValkey,
  connectWorker,
  valkeyAddress,
  whenReady,
} from '@overcookied/shared/valkey.ts';
import { Worker } from 'bullmq';
import * as z from 'zod/mini';
import { Matchmaker } from './matchmaker.ts';

/** How soon to look again at a queue in which somebody was left over, in ms. */
const lookAgainMs = 1_000;

await runService('matchmaker', async () => {
  const config = readConfig(z.object(commonConfig(8081)));
  const log = createLog('matchmaker', config.LOG_LEVEL);
  const metrics = new Metrics('matchmaker');
  const valkey = connectValkey(config.VALKEY_URL, log);
  const producer = connectProducer(config.VALKEY_URL, log);
  const jobs = connectWorker(config.VALKEY_URL, log);
  const health = new Health({ valkey });
  const server = await listen(health.routes(metrics), config.PORT);
  log.info({ port: server.port, valkey: valkeyAddress(config.VALKEY_URL) }, 'matchmaker is up');

  const matchmaker = new Matchmaker(valkey, config.RULES, log, metrics);
  const queue = wakeQueue(producer);
  const worker = new Worker(
    wakeQueueName,
    async (job) => {
      if (job.deduplicationId) await queue.removeDeduplicationKey(job.deduplicationId);
      const again = await matchmaker.run();
      if (again || (await valkey.zcard(keys.queue)) > 0) await wakeMatchmaker(queue, lookAgainMs);
    },
    // A wake-up whose worker died is given to another within three seconds, not BullMQ's thirty.
    { ...jobOptions(wakeQueueName, jobs), lockDuration: 3_000, stalledInterval: 1_500, autorun: false },
  );
  worker.on('error', (error) => log.warn({ reason: error.message }, 'wake queue'));
  worker.on('failed', (_job, error) => log.error({ err: error }, 'pairing failed'));
  void whenReady(jobs)
    .then(() => worker.run())
    .catch((error: Error) => log.error({ err: error }, 'worker ended'));
  // Whoever waits already, and what was left pending, is looked at as soon as Valkey is there (again).
  producer.on('ready', () => {
    wakeMatchmaker(queue).catch((error: Error) => log.warn({ reason: error.message }, 'wake-up failed'));
  });

  return {
    log,
    running: {
      stop: async () => {
        health.drain();
        await worker.close();
        await queue.close();
        await Promise.all([server.close(), closeValkey(valkey), closeValkey(producer), closeValkey(jobs)]);
      },
    },
  };
});
