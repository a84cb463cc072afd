import type { Valkey } from '@overcookied/shared/valkey.ts';
import { type Fault, now } from './history.ts';

const everyMs = 50;
/** A timer that goes off so much too late, or an answer of Valkey that takes so long, is late, in ms. */
const lateMs = 100;
/** Two so near each other are one, in ms. */
const togetherMs = 500;

/**
 * Notices when the machine is too busy: it runs the services no better then, and whoever measures lateness must know.
 * Looked at are a timer of this process, and how soon Valkey answers to a connection with which nothing is meddled.
 * None of it depends on the services.
 *
 * @param paused is told of each such time
 * @returns what ends it
 */
export function watchPauses(valkey: Valkey, paused: (fault: Fault) => void): () => void {
  let before = now();
  let isAsking = false;
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
  const ask = async () => {
    const from = now();
    isAsking = true;
    // While Valkey is out it says nothing of the machine.
    const isAnswered = await valkey.ping().then(
      () => true,
      () => false,
    );
    isAsking = false;
    if (isAnswered && now() - from > lateMs) tell(from);
  };
  const timer = setInterval(() => {
    const from = before;
    before = now();
    if (before - from > everyMs + lateMs) tell(from);
    if (!isAsking) void ask();
  }, everyMs);
  return () => clearInterval(timer);
}
