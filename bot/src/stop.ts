/** npm passes a Ctrl-C on that the terminal has sent already: within this time it is the same one, in ms. */
const samePressMs = 500;

/**
 * What tells a run to end.
 *
 * @returns `stop` aborts at the first Ctrl-C, `kill` at the second
 */
export function stopSignals(): { stop: AbortController; kill: AbortSignal } {
  const stop = new AbortController();
  const kill = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    const now = performance.now();
    firstAt ??= now;
    if (now - firstAt > samePressMs) kill.abort();
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // A reader such as `head` has ended: nobody is left to read, but matches are to be played to their end.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => stop.abort());
  return { stop, kill: kill.signal };
}
