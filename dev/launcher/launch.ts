import { once } from 'node:events';
import { type RunningValkey, startValkey } from '../valkey/valkey.ts';
import { Service } from './service.ts';
import type { ServiceSpec } from './services.ts';

interface LaunchOptions {
  services: ServiceSpec[];
  /** What all services have in their environment. Without a `VALKEY_URL` in it, a Valkey is started for them. */
  env: NodeJS.ProcessEnv;
  /** Where that Valkey keeps its data. */
  dataDir: string;
  onReady: () => void;
  /** Stops everything, cleanly. */
  stop: AbortSignal;
  /** Kills what has not stopped yet. */
  kill: AbortSignal;
}

// Together well under the 5 s after which people reach for kill -9.
const serviceGraceMs = 3_000;
const valkeyGraceMs = 1_500;

/**
 * Runs the whole game until it is told to stop. Whether this returns or throws, nothing runs any more then.
 *
 * @throws Error when a service does not start, or the Valkey that was started for them ends
 */
export async function launch({ services, env, dataDir, onReady, stop, kill }: LaunchOptions): Promise<void> {
  const valkey = env.VALKEY_URL
    ? undefined
    : await startValkey({ dir: dataDir, persist: true, signal: stop });
  const running = services.map(
    (spec) => new Service(spec, { ...env, VALKEY_URL: valkey?.url ?? env.VALKEY_URL }),
  );
  // The services write their last to Valkey while they stop, so it goes after them.
  const end = async (graceMs: { service: number; valkey: number }) => {
    await Promise.all(running.map((service) => service.stop(graceMs.service)));
    await valkey?.stop(graceMs.valkey);
  };
  const killAll = () => end({ service: 0, valkey: 0 });
  kill.addEventListener('abort', killAll, { once: true });
  try {
    await Promise.race([serve(running, onReady, stop), ...(valkey ? [failWhenEnded(valkey)] : [])]);
  } finally {
    await end({ service: serviceGraceMs, valkey: valkeyGraceMs });
    kill.removeEventListener('abort', killAll);
  }
}

async function serve(services: Service[], onReady: () => void, stop: AbortSignal): Promise<void> {
  stop.throwIfAborted();
  await Promise.all(services.map((service) => service.start(stop)));
  onReady();
  if (!stop.aborted) await once(stop, 'abort');
}

async function failWhenEnded(valkey: RunningValkey): Promise<never> {
  throw new Error(await valkey.ended);
}
