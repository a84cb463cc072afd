import { ConfigError } from './config.ts';
import type { Logger } from './log.ts';
import { sayWhatRuns } from './runtime/gaps.ts';
import { stopTracing } from './tracing/tracing.ts';

/** A service that serves. `stop` ends it, in the order that loses nothing. */
interface Started {
  stop(): Promise<void>;
  /** How long `stop` takes on purpose, for those whom the service serves, in ms. */
  drainMs?: number;
  log: Logger;
}

/** A service that is asked to stop has ended within so many ms, and as many more as it drains for. */
export const stopTimeoutMs = 10_000;

/**
 * Runs a service until SIGTERM or SIGINT, then ends it cleanly. What goes wrong on the way, a wrong environment
 * above all, ends the process with a readable reason and exit code 1.
 *
 * @param name for the line that says what went wrong before there is a logger
 * @param start brings the service up; resolves when it serves
 */
export async function runService(name: string, start: () => Promise<Started>): Promise<void> {
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    // Before anything else: a signal that comes while the service starts must not end it half-way. More than one
    // may come, for instance a terminal's and a launcher's; the first counts.
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
  let limit: NodeJS.Timeout | undefined;
  const endWithin = (ms: number, sayWhy: () => void) => {
    clearTimeout(limit);
    limit = setTimeout(() => {
      sayWhy();
      process.exit(1);
    }, ms).unref();
  };
  // One that never gets as far as to serve would never hear of it otherwise, and has no logger yet.
  void asked.then(() =>
    endWithin(stopTimeoutMs, () => {
      process.stderr.write(`${name}: stopping took longer than ${stopTimeoutMs} ms, giving up\n`);
    }),
  );
  try {
    const { stop, drainMs = 0, log } = await start();
    sayWhatRuns(name, log);
    const signal = await asked;
    log.info({ signal, drainMs }, 'stopping');
    endWithin(drainMs + stopTimeoutMs, () =>
      log.error({ stopTimeoutMs, drainMs }, 'stopping took too long, giving up'),
    );
    await stop();
    await stopTracing();
    log.info('stopped');
    process.exit(0);
  } catch (error) {
    const reason =
      error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${name}: ${reason}\n`);
    process.exit(1);
  }
}
