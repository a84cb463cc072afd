import { setTimeout as sleep } from 'node:timers/promises';

const timeoutMs = 30_000;
const pollMs = 100;
const requestTimeoutMs = 2_000;

/**
 * Waits until the service on a port of this machine says that it is ready.
 *
 * @throws Error with its last answer when it is not after 30 s; the signal's reason when that is aborted
 */
export async function whenReady(port: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const problem = await askReady(port, signal);
    signal.throwIfAborted();
    if (problem === undefined) return;
    if (Date.now() > deadline) throw new Error(`is not ready after ${timeoutMs / 1_000} s: ${problem}`);
    await sleep(pollMs, undefined, { signal });
  }
}

/** What the service lacks; undefined when it is ready. */
async function askReady(port: number, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
    });
    const body = await response.text();
    return response.status === 200 ? undefined : `/readyz answers ${response.status} ${body.trim()}`;
  } catch (error) {
    // fetch hides the reason, such as "connection refused", one level down.
    const { message, cause } = error as Error;
    return `/readyz does not answer: ${cause instanceof Error ? cause.message : message}`;
  }
}
