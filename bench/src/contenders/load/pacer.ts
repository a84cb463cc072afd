import { Worker } from 'node:worker_threads';
import type { Schedule } from './schedule.ts';

/**
 * Calls back whenever clicks are due. A thread of its own keeps the time: timers of the event loop are up to a
 * millisecond late, which is more than what is measured.
 *
 * @returns what ends it
 */
export function pace(schedule: Schedule, due: () => void): () => void {
  const worker = new Worker(new URL('pacer-thread.ts', import.meta.url), { workerData: schedule });
  worker.on('message', due);
  return () => void worker.terminate();
}
