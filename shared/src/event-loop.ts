import type { Metrics } from './metrics.ts';

const everyMs = 50;

/**
 * Tells how late the event loop comes to what is due: so long everything else in this process waits too. By a timer of
 * ours, since what prom-client tells means something else on each runtime: Node's `monitorEventLoopDelay` has the ten
 * milliseconds between two looks in it, Bun's has not, and Deno's does not see a loop that is held up.
 */
export function measureEventLoop(metrics: Metrics): void {
  const delays = metrics.latency('event_loop_delay_seconds', 'How late the event loop came to a timer.');
  let due = performance.now() + everyMs;
  const timer = setInterval(() => {
    const now = performance.now();
    delays.observe(Math.max(0, now - due) / 1_000);
    due = now + everyMs;
  }, everyMs);
  timer.unref();
}
