import { type Fault, now } from './history.ts';

const everyMs = 50;
/** A timer that goes off so much too late, or an answer that takes so long, is late, in ms. */
const lateMs = 100;
/** Two so near each other are one, in ms. */
const togetherMs = 500;

/**
 * Notices when the machine is too busy: it runs the services no better then, and whoever measures lateness must know.
 * Looked at are a timer of this process, and how soon witnesses answer with whose connection nothing is meddled.
 *
 * @param witnesses each answers at once unless the machine is too busy; one that fails says nothing of the machine
 * @param paused is told of each such time
 * @returns what ends it
 */
export function watchPauses(
  witnesses: readonly (() => Promise<unknown>)[],
  paused: (fault: Fault) => void,
): () => void {
  let before = now();
  const asked = new Set<() => Promise<unknown>>();
  let latest: Fault | undefined;
  const tell = (from: number) => {
    const until = now();
    // One after the other is one: a run of hours on a busy machine has not too many of them.
    if (latest && from <= latest.until + togetherMs) latest.until = until;
    else {
      latest = { what: 'pause', target: 'machine', from, until };
      paused(latest);
    }
  };
  const ask = async (witness: () => Promise<unknown>) => {
    if (asked.has(witness)) return;
    const from = now();
    asked.add(witness);
    const isAnswered = await witness().then(
      () => true,
      () => false,
    );
    asked.delete(witness);
    if (isAnswered && now() - from > lateMs) tell(from);
  };
  const timer = setInterval(() => {
    const from = before;
    before = now();
    if (before - from > everyMs + lateMs) tell(from);
    for (const witness of witnesses) void ask(witness);
  }, everyMs);
  return () => clearInterval(timer);
}
