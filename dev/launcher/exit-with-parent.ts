/**
 * Preloaded into every child of the launcher: ends it, as cleanly as SIGTERM does, when the launcher is gone.
 * A launcher that is killed has no time to stop its services, and they would hold the ports of the next one.
 */
import { isMainThread } from 'node:worker_threads';

// A service's worker threads load this too, and have no channel: to ask for it throws there.
if (isMainThread) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel must not keep a service running that has nothing left to do. After the listener, which holds it again: Deno
  // would wait with the service until the launcher is gone.
  process.channel?.unref();
}
