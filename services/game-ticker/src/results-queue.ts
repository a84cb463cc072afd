/** What is in the results queue: results on their way, and those that failed for good. */
import type { resultsQueue } from '@overcookied/shared/jobs.ts';

type Queue = ReturnType<typeof resultsQueue>;

const atOnce = 500;

/** How many are to be recorded yet, and how many failed for good. */
export async function countResults(queue: Queue): Promise<{ open: number; failed: number }> {
  const { failed = 0, ...open } = await queue.getJobCounts('failed', 'wait', 'active', 'delayed');
  return { failed, open: Object.values(open).reduce((sum, each) => sum + each, 0) };
}

/** Whether this match's result is to be recorded yet. */
export async function isOpen(queue: Queue, roomId: string): Promise<boolean> {
  return ['waiting', 'active', 'delayed'].includes(await queue.getJobState(roomId));
}

/** Has all that failed for good tried again, with the patience of a new one. @returns how many */
export async function retryFailed(queue: Queue): Promise<number> {
  let retried = 0;
  // Those that fail again meanwhile are the last, and are left for another time.
  for (let left = await queue.getFailedCount(); left > 0; left -= atOnce) {
    const jobs = await queue.getJobs('failed', 0, Math.min(left, atOnce) - 1, true);
    await Promise.all(jobs.map((job) => job.retry('failed', { resetAttemptsMade: true })));
    retried += jobs.length;
  }
  return retried;
}
