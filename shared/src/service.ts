import { ConfigError } from './config.ts';
import type { Logger } from './log.ts';

/** A running service: what ends it, in the order that loses nothing. */
export interface Running {
  stop(): Promise<void>;
}

/** Kubernetes' default grace is 30 s; this is well within it. */
const stopTimeoutMs = 10_000;

/**
 * Runs a service until SIGTERM or SIGINT, then ends it cleanly. A wrong environment or a failing start ends
 * the process with one readable line and exit code 1.
 *
 * @param name for the line that says what went wrong before there is a logger
 * @param start brings the service up; resolves when it serves
 */
export async function runService(
  name: string,
  start: () => Promise<{ running: Running; log: Logger }>,
): Promise<void> {
  try {
    const { running, log } = await start();
    let stopping = false;
    const stop = async (signal: string) => {
      // A terminal's Ctrl-C and a launcher's SIGTERM may both arrive.
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      const timer = setTimeout(() => {
        log.error({ stopTimeoutMs }, 'stopping took too long, giving up');
        process.exit(1);
      }, stopTimeoutMs);
      try {
        await running.stop();
        log.info('stopped');
      } catch (error) {
        log.error({ err: error }, 'stopping failed');
        process.exitCode = 1;
      }
      clearTimeout(timer);
      process.exit();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    const reason =
      error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${name}: ${reason}\n`);
    process.exit(1);
  }
}
