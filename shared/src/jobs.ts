/** BullMQ's queues: what is a job, not what is a clock. */
import { Queue } from 'bullmq';
import { keys } from './keys.ts';
import type { MatchResult } from './match/result.ts';
import type { Valkey } from './valkey.ts';

/** Wakes a matchmaker. On the queue's Valkey. */
export const wakeQueueName = 'wake';
/** Records a match's result. On the records' Valkey, so that a finished match outlives the cache. */
export const resultsQueueName = 'results';

/** The options that a queue and its workers must agree on. */
export const jobOptions = (queueName: string, connection: Valkey) => ({
  connection,
  prefix: keys.jobs(queueName),
});

// A stream of every job's story is of no use here, and BullMQ keeps ten thousand entries of it unless told.
const streams = { events: { maxLen: 100 } };

/** @param connection as `connectProducer` makes it */
export function wakeQueue(connection: Valkey): Queue<Record<string, never>> {
  return new Queue(wakeQueueName, {
    ...jobOptions(wakeQueueName, connection),
    streams,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
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
export function resultsQueue(connection: Valkey): Queue<MatchResult> {
  return new Queue(resultsQueueName, {
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
}
