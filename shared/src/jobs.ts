/** BullMQ's queues: what is a job, not what is a clock. */
import { type Job, Queue, Worker, type WorkerOptions } from 'bullmq';
import { keys } from './keys.ts';
import type { Logger } from './log.ts';
import type { MatchResult } from './match/result.ts';
import { type Valkey, whenReady } from './valkey.ts';

/** Wakes a matchmaker. On the queue's Valkey. */
export const wakeQueueName = 'wake';
/** Records a match's result. On the records' Valkey, so that a finished match outlives the cache. */
export const resultsQueueName = 'results';

/** What a queue and its workers must agree on. */
const jobOptions = (queueName: string, connection: Valkey) => ({ connection, prefix: keys.jobs(queueName) });

/**
 * Does the jobs of a queue, from when Valkey is there until `close`.
 *
 * @param connection as `connectWorker` makes it
 * @param work does one job; a job may come again, to another worker too, if this one is slow or dies
 */
export function jobWorker<Data>(
  queueName: string,
  connection: Valkey,
  log: Logger,
  work: (job: Job<Data>) => Promise<void>,
  options: Omit<WorkerOptions, 'connection' | 'prefix' | 'autorun'>,
): Worker<Data> {
  const worker = new Worker<Data>(queueName, work, {
    ...jobOptions(queueName, connection),
    ...options,
    autorun: false,
  });
  logErrors(worker, log);
  worker.on('failed', (job, error) =>
    log.error({ err: error, queue: queueName, job: job?.id }, 'job failed'),
  );
  void whenReady(connection)
    .then(() => worker.run())
    .catch((error: Error) => log.error({ err: error, queue: queueName }, 'worker ended'));
  return worker;
}

/** Without a listener BullMQ writes to the console. No warning: the connection has given one, and it repeats itself. */
function logErrors(
  emitter: { on(event: 'error', listener: (error: Error) => void): unknown },
  log: Logger,
): void {
  emitter.on('error', (error) => log.debug({ reason: error.message }, 'jobs'));
}

// A stream of every job's story is of no use here, and BullMQ keeps ten thousand entries of it unless told.
const streams = { events: { maxLen: 100 } };

/** @param connection as `connectProducer` makes it */
export function wakeQueue(connection: Valkey, log: Logger): Queue<Record<string, never>> {
  const queue = new Queue<Record<string, never>>(wakeQueueName, {
    ...jobOptions(wakeQueueName, connection),
    streams,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  logErrors(queue, log);
  return queue;
}

/**
 * Asks for pairing. A thousand joins make one job: while one waits, the next ask adds nothing.
 *
 * The worker gives the id free as soon as it starts, so that a join during a pass, which the pass may have
 * missed, makes another job; the time limit gives it free should the worker never start.
 */
export async function wakeMatchmaker(queue: Queue<Record<string, never>>, delayMs = 0): Promise<void> {
  const id = delayMs ? 'later' : 'now';
  await queue.add('wake', {}, { delay: delayMs, deduplication: { id, ttl: delayMs + 1_000 } });
}

/** @param connection as `connectProducer` makes it */
export function resultsQueue(connection: Valkey, log: Logger): Queue<MatchResult> {
  const queue = new Queue<MatchResult>(resultsQueueName, {
    ...jobOptions(resultsQueueName, connection),
    streams,
    defaultJobOptions: {
      attempts: 20,
      backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
      // A result handed in again after it was recorded is a new job, which changes nothing.
      removeOnComplete: true,
      removeOnFail: false,
    },
  });
  logErrors(queue, log);
  return queue;
}
