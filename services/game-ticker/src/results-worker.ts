/** Records the results that wait in their queue, and shows the operator what becomes of them. */
import { issueText } from '@overcookied/shared/issue-text.ts';
import {
  hasFailedForGood,
  jobWorker,
  resultBackoff,
  resultsQueue,
  resultsQueueName,
  UnrecoverableError,
} from '@overcookied/shared/jobs.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { logged } from '@overcookied/shared/match/logged.ts';
import { MatchResult } from '@overcookied/shared/match/result.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { keepReplay } from './replays.ts';
import { record } from './results.ts';
import { countResults } from './results-queue.ts';

/** How many dead workers a result outlives: recording it again changes nothing. */
const stallsAllowed = 20;
/** How often to count what is in the queue, in ms. */
const countEveryMs = 5_000;

/** The results queue as a ticker uses it. */
export interface Results {
  /** Takes a finished match's result, as often as it is offered, and keeps it once. @throws Error when Valkey is away */
  handIn(result: MatchResult): Promise<void>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

/**
 * @param records where results are recorded
 * @param producer for handing in, as `connectValkey` makes it
 * @param jobs for working, as `connectWorker` makes it
 */
export function workOnResults(
  { records, producer, jobs }: { records: Valkey; producer: Valkey; jobs: Valkey },
  log: Logger,
  metrics: Metrics,
): Results {
  const recorded = metrics.counter('results_recorded_total', 'Results recorded.');
  const failures = metrics.counter(
    'results_failures_total',
    'Results that could not be recorded: to be tried again, or failed for good.',
    ['outcome'],
  );
  const queue = resultsQueue(producer, log);
  const worker = jobWorker<MatchResult>(
    resultsQueueName,
    jobs,
    log,
    async ({ data }) => {
      const result = parseResult(data);
      await record(records, result);
      await keepReplay(records, result, log);
      recorded.inc();
      log.info(logged(result), 'result recorded');
    },
    {
      concurrency: 16,
      lockDuration: 5_000,
      stalledInterval: 2_500,
      maxStalledCount: stallsAllowed,
      settings: { backoffStrategy: resultBackoff },
    },
  );
  worker.on('failed', (job) => failures.inc({ outcome: hasFailedForGood(job) ? 'for_good' : 'retry' }));

  let inQueue = { open: 0, failed: 0 };
  const count = async () => {
    inQueue = await countResults(queue);
  };
  // No warning: Valkey's connection has given one.
  const counting = setInterval(() => count().catch(() => {}), countEveryMs);
  // Every ticker tells the same: it is one queue.
  metrics.gauge('results_open', 'Results in the queue that are yet to be recorded.', () => inQueue.open);
  metrics.gauge('results_failed', 'Results in the queue that failed for good.', () => inQueue.failed);

  return {
    handIn: async (result) => {
      // The job's id is the room's: handed in twice, it is one job.
      await queue.add('record', result, { jobId: result.roomId });
    },
    stop: async () => {
      clearInterval(counting);
      await worker.close();
      await queue.close();
    },
  };
}

/** @throws UnrecoverableError when it is no result: it will not become one */
function parseResult(data: unknown): MatchResult {
  const parsed = MatchResult.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new UnrecoverableError(`not a result: ${issueText(parsed.error)}`);
}
