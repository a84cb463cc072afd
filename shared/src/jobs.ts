/** BullMQ's queues: what is a job, not what is a clock. */
import { type Job, type JobsOptions, Queue, UnrecoverableError, Worker, type WorkerOptions } from 'bullmq';
import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Logger } from './log.ts';
import type { MatchResult } from './match/result.ts';
import { jobsTelemetry } from './tracing/tracing.ts';
import { type Valkey, whenReady } from './valkey.ts';

/** Wakes a matchmaker, to look at the common queue. On the queue's Valkey. */
export const wakeQueueName = 'wake';
export type WakeJob = Record<string, never>;

/** Two who share a code have met: their match is to be announced. On the queue's Valkey. */
export const announceQueueName = 'announce';
export const AnnounceJob = z.object({ roomId: z.string() });
export type AnnounceJob = z.infer<typeof AnnounceJob>;

/** A player wants a practice bot: it is to join with `code`, and to be about as good as `rating`. On the queue's Valkey. */
export const practiceQueueName = 'practice';
export const PracticeJob = z.object({ code: z.string(), rating: z.int() });
export type PracticeJob = z.infer<typeof PracticeJob>;

/** Records a match's result. On the records' Valkey, so that a finished match outlives the cache. */
export const resultsQueueName = 'results';

/** A result that could not be recorded is tried again after half a second, then ever later, at last so often, in ms. */
const resultRetryMs = { first: 500, most: 30_000 };
/** For so long a result is tried, in ms: a fault that lasts for a night heals by itself. */
const resultPatienceMs = 24 * 3_600_000;

/**
 * How long to wait before a result is tried again, in ms: evenly at random from the upper half of what is due.
 *
 * @param attemptsMade how often it was tried, 1 and more
 */
export function resultBackoff(attemptsMade: number): number {
  const most = Math.min(resultRetryMs.first * 2 ** (attemptsMade - 1), resultRetryMs.most);
  return Math.round(most * (0.5 + Math.random() / 2));
}

/** A job that fails with this is not tried again. */
export { type Queue, UnrecoverableError };

/** What a queue and its workers must agree on. */
function jobOptions(queueName: string, connection: Valkey) {
  const telemetry = jobsTelemetry();
  return { connection, prefix: keys.jobs(queueName), ...(telemetry && { telemetry }) };
}

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
  const close = worker.close.bind(worker);
  // While Valkey is away at once: BullMQ would wait until it is back. Whoever takes a job that was under way finds what has
  // been done of it.
  worker.close = (isAtOnce = connection.status !== 'ready') => close(isAtOnce);
  worker.on('failed', (job, error) => {
    const about = { err: error, queue: queueName, job: job?.id, attempts: job?.attemptsMade };
    if (hasFailedForGood(job)) log.error(about, 'job failed for good');
    else log.warn(about, 'job failed, it will be tried again');
  });
  void whenReady(connection)
    .then(() => worker.run())
    .catch((error: Error) => log.error({ err: error, queue: queueName }, 'worker ended'));
  return worker;
}

/** Of a job whose try has just failed: whether it was the last. */
export const hasFailedForGood = (job: Pick<Job, 'finishedOn'> | undefined): boolean =>
  job?.finishedOn !== undefined;

/** Without a listener BullMQ writes to the console. No warning: the connection has given one, and it repeats itself. */
function logErrors(
  emitter: { on(event: 'error', listener: (error: Error) => void): unknown },
  log: Logger,
): void {
  emitter.on('error', (error) => log.debug({ reason: error.message }, 'jobs'));
}

/** @param connection as `connectValkey` makes it */
function jobQueue<Data>(
  queueName: string,
  connection: Valkey,
  log: Logger,
  defaultJobOptions: JobsOptions,
  skipMetasUpdate = false,
): Queue<Data> {
  const queue = new Queue<Data>(queueName, {
    ...jobOptions(queueName, connection),
    skipMetasUpdate,
    // A stream of every job's story is of no use here, and BullMQ keeps ten thousand entries of it unless told.
    streams: { events: { maxLen: 100 } },
    defaultJobOptions,
  });
  logErrors(queue, log);
  return queue;
}

/** For what is of no interest any more once it was tried. */
const once = { removeOnComplete: true, removeOnFail: true };

export const wakeQueue = (connection: Valkey, log: Logger): Queue<WakeJob> =>
  jobQueue<WakeJob>(wakeQueueName, connection, log, once);

/**
 * Asks for pairing. A thousand joins make one job: while one waits, the next ask adds nothing.
 *
 * The worker gives the id free as soon as it starts, so that a join during a pass, which the pass may have
 * missed, makes another job; the time limit gives it free should the worker never start.
 */
export async function wakeMatchmaker(queue: Queue<WakeJob>): Promise<void> {
  await queue.add('wake', {}, { deduplication: { id: 'now', ttl: 1_000 } });
}

/**
 * Asks for a look at the queue because somebody still waits: the job that a join made may have died with its worker.
 * One a second at most, however many ask.
 */
export async function remindMatchmaker(queue: Queue<WakeJob>): Promise<void> {
  await queue.add('remind', {}, { deduplication: { id: 'reminder', ttl: 1_000 } });
}

export const announceQueue = (connection: Valkey, log: Logger): Queue<AnnounceJob> =>
  jobQueue<AnnounceJob>(announceQueueName, connection, log, once);

export const practiceQueue = (connection: Valkey, log: Logger): Queue<PracticeJob> =>
  // One try: by the time of a second the player would not wait any more.
  jobQueue<PracticeJob>(practiceQueueName, connection, log, once);

const resultOptions: JobsOptions = {
  attempts: resultPatienceMs / resultRetryMs.most,
  // `resultBackoff`, which its workers have as their `backoffStrategy`: BullMQ's own has no upper end.
  backoff: { type: 'bounded' },
  // Unless told BullMQ keeps the stack of every failure.
  stackTraceLimit: 1,
  // A result handed in again after it was recorded is a new job, which changes nothing.
  removeOnComplete: true,
  // What failed for good is an operator's: until they see to it, handing it in again adds nothing.
  removeOnFail: false,
};

export const resultsQueue = (connection: Valkey, log: Logger): Queue<MatchResult> =>
  jobQueue<MatchResult>(resultsQueueName, connection, log, resultOptions);

/** The queue as whoever only looks at it has it: it writes nothing unasked. */
export const resultsQueueToLookAt = (connection: Valkey, log: Logger): Queue<MatchResult> =>
  jobQueue<MatchResult>(resultsQueueName, connection, log, resultOptions, true);
