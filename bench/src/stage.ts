import { mkdtemp, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@overcookied/shared/log.ts';
import {
  closeValkey,
  connectProducer,
  connectSubscriber,
  connectValkey,
  type Valkey,
  whenReady,
} from '@overcookied/shared/valkey.ts';
import { startValkey } from '../../../dev/valkey/valkey.ts';
import { Service, type ServiceName } from './service.ts';

/** Short matches, so that as many end as begin, as in the long run of a real system. */
const rules = { countdownMs: 500, matchMs: 1_500 };

/** Where something is measured: a Valkey of its own, services on it, connections to look and meddle. */
export interface Stage {
  valkey: Valkey;
  producer: Valkey;
  subscriber: Valkey;
  /** Whether Valkey never waits for a processor that another process has, as on a machine of its own. */
  isValkeyFirst: boolean;
  /** Resolves when it is ready. */
  start(name: ServiceName): Promise<Service>;
  /** Ends everything, and deletes what it kept. @returns what the services had to complain of */
  close(): Promise<string[]>;
}

export const log = createLog('bench', 'silent');

export async function openStage(): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-bench-'));
  const server = await startValkey({ dir, persist: false });
  const isValkeyFirst = putFirst(server.pid);
  const connections = [connectValkey, connectProducer, connectSubscriber].map((connect) =>
    connect(server.url, log),
  ) as [Valkey, Valkey, Valkey];
  const [valkey, producer, subscriber] = connections;
  await Promise.all(connections.map(whenReady));
  const services: Service[] = [];
  const env = {
    VALKEY_URL: server.url,
    JWT_SECRET: 'a secret of the bench, which nobody has to keep',
    RULES: JSON.stringify(rules),
    PRACTICE_AFTER_MS: 'off',
  };
  return {
    valkey,
    producer,
    subscriber,
    isValkeyFirst,
    start: async (name) => {
      const service = await Service.start(name, env, dir);
      services.push(service);
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

/** Otherwise SLOWLOG, which goes by the clock, shows how long commands waited for a processor. @returns whether we may */
function putFirst(pid: number): boolean {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGHEST);
    return true;
  } catch {
    // Only root may.
    return false;
  }
}
