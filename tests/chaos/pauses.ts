import { type Fault, now } from './history.ts';

const everyMs = 50;
/** So much later than asked for is late, in ms. */
const lateMs = 250;

/**
 * Notices when the machine does not run this process for a while: it runs the services no better then, and whoever
 * measures lateness must know. It sees pauses of its own as well, as of collecting garbage, which are short.
 *
 * @param paused is told of each
 * @returns what ends it
 */
export function watchPauses(paused: (fault: Fault) => void): () => void {
  let before = now();
  const timer = setInterval(() => {
    const from = before;
    before = now();
    if (before - from > everyMs + lateMs) paused({ what: 'pause', target: 'machine', from, until: before });
  }, everyMs);
  return () => clearInterval(timer);
}
