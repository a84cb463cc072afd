import { hostname } from 'node:os';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { countComplaint } from './complaints.ts';

export type { Logger };

/** How this process is called in logs, and wherever an operator sees it. In containers all have the same process id. */
export const instanceName = (service: string): string =>
  process.env.INSTANCE ?? `${service}-${hostname()}-${process.pid}`;

/**
 * A service's logger: one JSON line a message, or, on a terminal of a developer who has pino-pretty, a
 * readable one.
 *
 * @param service which of the services this is
 * @param level least level that is written
 */
export function createLog(service: string, level: string): Logger {
  const options: LoggerOptions = {
    level,
    base: { service, instance: instanceName(service) },
    // Kubernetes' and Loki's readers know levels by name.
    formatters: { level: (label) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    hooks: {
      logMethod(args, write, level) {
        const [first, text] = args;
        countComplaint(level, typeof first === 'string' ? first : (text ?? ''));
        write.apply(this, args);
      },
    },
  };
  if (process.stdout.isTTY && process.env.NODE_ENV !== 'production') {
    return pino({ ...options, transport: { target: 'pino-pretty' }, formatters: {} });
  }
  return pino(options);
}
