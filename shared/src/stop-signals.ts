const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm passes a Ctrl-C on that the terminal has sent already: within this time it is the same one. */
const samePressMs = 500;
const parentPollMs = 500;

/**
 * What tells a program for a developer to stop, from now on: Ctrl-C and its like, or npm's own end.
 *
 * @returns `stop`, which aborts at the first signal, and `kill`, which aborts when somebody loses patience
 */
export function stopSignals(): { stop: AbortSignal; kill: AbortSignal } {
  const stop = new AbortController();
  const kill = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (!stop.signal.aborted) {
      firstAt = Date.now();
      stop.abort();
    } else if (Date.now() - firstAt > samePressMs) kill.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);
  // A terminal that was closed, or a reader such as `head` that has ended: nobody is left to write to.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => stop.abort());
  if (process.env.npm_lifecycle_event) watchParent(() => stop.abort());
  return { stop: stop.signal, kill: kill.signal };
}

/** A shell between npm and the program does not pass on the SIGTERM that ends npm and itself. */
function watchParent(onEnd: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, parentPollMs);
  timer.unref();
}
