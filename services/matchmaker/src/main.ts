/** The matchmaker: a BullMQ worker that pairs waiting players whenever it is woken. */
import { commonConfig, readConfig } from '@overcookied/shared/config.ts';
import { Health } from '@overcookied/shared/health.ts';
import { jobWorker, wakeMatchmaker, wakeQueue, wakeQueueName } from '@overcookied/shared/jobs.ts';
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
} from '@overcookied/shared/valkey.ts';
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
  const queue = wakeQueue(producer, log);
  const worker = jobWorker<Record<string, never>>(
    wakeQueueName,
    jobs,
    log,
    async (job) => {
      if (job.deduplicationId) await queue.removeDeduplicationKey(job.deduplicationId);
      const again = await matchmaker.run();
      if (again || (await valkey.zcard(keys.queue)) > 0) await wakeMatchmaker(queue, lookAgainMs);
    },
    // A wake-up whose worker died is given to another within three seconds, not BullMQ's thirty.
    { lockDuration: 3_000, stalledInterval: 1_500 },
  );
  // Whoever waits already, and what was left pending, is looked at as soon as Valkey is there (again).
  producer.on('ready', () => {
    wakeMatchmaker(queue).catch((error: Error) => log.debug({ reason: error.message }, 'wake-up failed'));
  });

  return {
    log,
    stop: async () => {
      health.drain();
      await worker.close();
      await queue.close();
      await Promise.all([server.close(), closeValkey(valkey), closeValkey(producer), closeValkey(jobs)]);
    },
  };
});
