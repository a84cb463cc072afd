/** The game-ticker: runs every match's clock, and records results as a BullMQ worker. */
import { ValkeyClock } from '@overcookied/shared/clock.ts';
import { readConfig } from '@overcookied/shared/config.ts';
import { Health } from '@overcookied/shared/health.ts';
import { SignsOfLife } from '@overcookied/shared/instances/signs-of-life.ts';
import { createLog } from '@overcookied/shared/log.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { serve } from '@overcookied/shared/runtime/serve.ts';
import { runService } from '@overcookied/shared/service.ts';
import { closeValkey, connectValkey, connectWorker, valkeyAddress } from '@overcookied/shared/valkey.ts';
import { warnOfEviction } from '@overcookied/shared/valkey-check.ts';
import { GameTickerConfig } from './config.ts';
import { measureDueTimes } from './due-metrics.ts';
import { letGoOfRecording, withRecording } from './replays.ts';
import { workOnResults } from './results-worker.ts';
import { Sweeper } from './sweeper.ts';
import { Ticker } from './ticker.ts';
import { measureValkeys } from './valkey-metrics.ts';

await runService('game-ticker', async () => {
  const config = readConfig(GameTickerConfig);
  const recordsUrl = config.RECORDS_URL ?? config.VALKEY_URL;
  const log = createLog('game-ticker', config.LOG_LEVEL);
  const metrics = new Metrics('game-ticker');
  const valkey = connectValkey(config.VALKEY_URL, log, config.WAIT_REPLICAS);
  const records = connectValkey(recordsUrl, log, config.WAIT_REPLICAS);
  const producer = connectValkey(recordsUrl, log, config.WAIT_REPLICAS);
  const jobs = connectWorker(recordsUrl, log);
  warnOfEviction(valkey, log);
  if (recordsUrl !== config.VALKEY_URL) warnOfEviction(records, log);
  const health = new Health({ valkey, records });
  const server = await serve({
    app: health.routes(metrics),
    port: config.PORT,
    onError: (error) => log.error({ err: error }, 'request failed'),
  });
  log.info({ port: server.port, valkey: valkeyAddress(config.VALKEY_URL) }, 'game-ticker is up');

  const results = workOnResults({ records, producer, jobs }, log, metrics);
  const clock = new ValkeyClock(valkey, log, metrics);
  measureDueTimes(valkey, clock, metrics);
  measureValkeys({ matches: valkey, ...(recordsUrl !== config.VALKEY_URL && { records }) }, metrics);
  const handIn = async (result: MatchResult) => {
    // Practice leaves no trace: no history, no points, no rating.
    if (result.mode === 'practice') return;
    const recorded = await withRecording(valkey, result, log);
    await results.handIn(recorded);
    await letGoOfRecording(valkey, recorded, log);
  };
  const ticker = new Ticker(valkey, clock, handIn, log, metrics);
  const sweeper = new Sweeper(valkey, log, metrics);
  void clock
    .start()
    .then(() => {
      ticker.start();
      sweeper.start();
    })
    .catch((error: Error) => log.error({ err: error }, 'the clock did not start'));

  const signs = new SignsOfLife({ service: 'game-ticker', valkey, health, log });
  signs.start();

  return {
    log,
    stop: async () => {
      health.drain();
      await signs.stop();
      clock.stop();
      sweeper.stop();
      await ticker.stop();
      await results.stop();
      await Promise.all([server.close(), ...[valkey, records, producer, jobs].map(closeValkey)]);
    },
  };
});
