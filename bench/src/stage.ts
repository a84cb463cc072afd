import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@overcookied/shared/log.ts';
import { closeValkey, connectValkey, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import type { Runtime } from '../../dev/system/runtimes.ts';
import { startValkey } from '../../dev/valkey/valkey.ts';
import { putFirst } from './first.ts';
import { type Cores, pin } from './pin.ts';
import { Service, type ServiceName } from './service.ts';

/** Where something is measured: a Valkey of its own, services on it, connections to look and meddle. */
export interface Stage {
  valkey: Valkey;
  producer: Valkey;
  subscriber: Valkey;
  /** Process id of Valkey. */
  valkeyPid: number;
  /** Whether Valkey never waits for a processor that another process has, as on a machine of its own. */
  isValkeyFirst: boolean;
  /** Whether everything keeps to the cores that were asked for. */
  readonly isPinned: boolean;
  /** Resolves when it is ready. @param runtime what it runs on, Node unless told */
  start(name: ServiceName, runtime?: Runtime): Promise<Service>;
  /** Ends everything, and deletes what it kept. @returns what the services had to complain of */
  close(): Promise<string[]>;
}

export const log = createLog('bench', 'silent');

/** By which the stage's gateways know their players. */
export const jwtSecret = 'a secret of the bench which nobody has to keep';

interface StageOptions {
  /** What to override of the rules. */
  rules?: Record<string, unknown>;
  /** Which core each may use; unless told, everything runs everywhere. */
  cores?: Cores;
  /** Whether services, too, are to have a processor whenever they want one. */
  areServicesFirst?: boolean;
}

async function openStage({ rules = {}, cores, areServicesFirst = false }: StageOptions): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-bench-'));
  const server = await startValkey({ dir, persist: false });
  // Otherwise SLOWLOG, which goes by the clock, shows how long commands waited for a processor.
  const isValkeyFirst = await putFirst(server.pid);
  let isPinned = false;
  const pinTo = async (pid: number, core: number | undefined) => {
    if (core !== undefined) isPinned = (await pin(pid, core)) && isPinned;
  };
  if (cores) {
    isPinned = true;
    for (const pid of [server.pid, process.pid]) await pinTo(pid, cores.rest);
  }
  const valkey = connectValkey(server.url, log);
  const producer = connectValkey(server.url, log);
  const subscriber = connectValkey(server.url, log);
  const connections = [valkey, producer, subscriber];
  await Promise.all(connections.map(whenReady));
  const services: Service[] = [];
  const env = {
    VALKEY_URL: server.url,
    JWT_SECRET: jwtSecret,
    RULES: JSON.stringify(rules),
    PRACTICE_AFTER_MS: 'off',
  };
  return {
    valkey,
    producer,
    subscriber,
    valkeyPid: server.pid,
    isValkeyFirst,
    get isPinned() {
      return isPinned;
    },
    start: async (name, runtime) => {
      const service = await Service.start(name, env, dir, runtime);
      services.push(service);
      await pinTo(service.pid, cores?.services);
      if (areServicesFirst) await putFirst(service.pid);
      return service;
    },
    close: async () => {
      await Promise.all(services.map((service) => service.stop()));
      await Promise.all(connections.map(closeValkey));
      await server.stop();
      const complaints = await Promise.all(services.map((service) => service.complaints()));
      await rm(dir, { recursive: true, force: true });
      return complaints.flat();
    },
  };
}

/**
 * Does some work on a stage. Ends everything that it started, also when it fails or somebody stops the bench.
 *
 * @param stop ends the work when it is aborted
 */
export async function onStage<Result>(
  options: StageOptions,
  stop: AbortSignal,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const stage = await openStage(options);
  try {
    return await Promise.race([
      work(stage),
      new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(stop.reason))),
    ]);
  } finally {
    const complaints = await stage.close();
    if (complaints.length > 0) {
      progress(`The services had something to say, ${complaints.length} times. First:\n${complaints[0]}`);
    }
  }
}

/** Tells whoever waits how far it is. */
export const progress = (what: string): void => {
  process.stderr.write(`${what}\n`);
};
