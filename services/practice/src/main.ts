/** The practice service: a BullMQ worker that sends a bot to each player who wants to practise. */
import { readConfig } from '@overcookied/shared/config.ts';
import { Health } from '@overcookied/shared/health.ts';
import { SignsOfLife } from '@overcookied/shared/instances/signs-of-life.ts';
import { jobWorker, PracticeJob, practiceQueueName } from '@overcookied/shared/jobs.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { serve } from '@overcookied/shared/runtime/serve.ts';
import { runService } from '@overcookied/shared/service.ts';
import { Tokens } from '@overcookied/shared/tokens.ts';
import { startTracing } from '@overcookied/shared/tracing/tracing.ts';
import { closeValkey, connectValkey, connectWorker, valkeyAddress } from '@overcookied/shared/valkey.ts';
import { warnOfEviction } from '@overcookied/shared/valkey-check.ts';
import { Bots } from './bots.ts';
import { PracticeConfig } from './config.ts';
import { Offer } from './offer.ts';

await runService('practice', async () => {
  const config = readConfig(PracticeConfig);
  const log = createLog('practice', config.LOG_LEVEL);
  const metrics = new Metrics('practice');
  await startTracing('practice', log);
  const valkey = connectValkey(config.VALKEY_URL, log, config.WAIT_REPLICAS);
  const jobs = connectWorker(config.VALKEY_URL, log);
  warnOfEviction(valkey, log);
  const health = new Health({ valkey });
  const server = await serve({
    app: health.routes(metrics),
    port: config.PORT,
    onError: (error) => log.error({ err: error }, 'request failed'),
  });
  log.info({ port: server.port, valkey: valkeyAddress(config.VALKEY_URL) }, 'practice is up');

  const gatewayUrl = config.GATEWAY_URL;
  const tokens = new Tokens(...config.JWT_SECRET);
  const bots = new Bots({ gatewayUrl, tokens, log, metrics });
  const worker = jobWorker<PracticeJob>(
    practiceQueueName,
    jobs,
    log,
    ({ data }) => bots.play(PracticeJob.parse(data)),
    // A job lasts as long as its bot. That of a dead worker is not done again: its code is used up.
    { concurrency: config.PRACTICE_BOTS, maxStalledCount: 0 },
  );
  const hasRoom = () => bots.size < config.PRACTICE_BOTS;
  const offer = new Offer({ valkey, gatewayUrl, tokens, log, hasRoom });
  offer.start();

  const signs = new SignsOfLife({
    service: 'practice',
    valkey,
    health,
    log,
    load: () => ({ bots: bots.size }),
  });
  signs.start();

  return {
    log,
    stop: async () => {
      health.drain();
      await signs.stop();
      offer.stop();
      // First no new jobs; those under way end with their bots.
      const closed = worker.close();
      bots.stop();
      await closed;
      await Promise.all([server.close(), closeValkey(valkey), closeValkey(jobs)]);
    },
  };
});
