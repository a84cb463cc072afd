/** Sleeps until the next click of a schedule is due, says so, and so on, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { now } from './clock.ts';
import { countDue, dueAt, type Schedule } from './schedule.ts';

/** Clicks that are closer together than this, in ms, are sent together: a thread cannot be woken up more often for nothing. */
const leastMs = 0.2;

const schedule: Schedule = workerData;
const never = new Int32Array(new SharedArrayBuffer(4));
let told = now();
for (;;) {
  const next = dueAt(schedule, countDue(schedule, told));
  Atomics.wait(never, 0, 0, Math.max(leastMs, next - now()));
  told = now();
  parentPort?.postMessage(undefined);
}
