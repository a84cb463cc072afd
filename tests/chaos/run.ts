import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@overcookied/shared/log.ts';
import { connectValkey, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import type { LogLine } from '../support/service.ts';
import type { Edit } from './breakages.ts';
import { ClusterHost } from './cluster-host.ts';
import { Faults } from './faults.ts';
import type { History, RunRules } from './history.ts';
import type { Host } from './host.ts';
import { play, type Running } from './play.ts';
import type { Random } from './random.ts';
import { scheduleOf, type ValkeyKind } from './schedule.ts';
import { Stage } from './stage.ts';
import { ValkeyHost } from './valkey-host.ts';
import { copyWorkspace } from './workspace.ts';
import { WorstMoment } from './worst-moment.ts';

/**
 * Short, so that a lot happens. A score can be read back: a claim is a thousand points and a click is one, since no
 * match has a thousand clicks.
 */
export const rules: RunRules & { bonusFactor: number } = {
  countdownMs: 1_000,
  matchMs: 8_000,
  goldenGapMs: [1_000, 1_500],
  graceMs: 4_000,
  goldenPoints: 1_000,
  bonusFactor: 1,
};

interface RunOptions {
  seed: number;
  /** How long there are faults, in ms. */
  lengthMs: number;
  bots: number;
  valkey: ValkeyKind;
  /** How many replicas must have a change before it is acknowledged. */
  waitReplicas: number;
  /** What to break on purpose. */
  edits: Edit[];
  /** Ends the faults before their time; the run comes to its end as always. */
  stop: AbortSignal;
  /** Told once everything is there. */
  started: (running: Running) => void;
}

export interface Ran {
  history: History;
  /** What the services logged that should never be. */
  errors: LogLine[];
  faultsLeftOut: number;
}

/**
 * Plays from beginning to end, and leaves nothing running.
 *
 * @throws Error when something does not start, or a fault cannot be made good
 */
export async function run(options: RunOptions): Promise<Ran> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-chaos-'));
  const removeAtOnce = () => rmSync(dir, { recursive: true, force: true });
  process.once('exit', removeAtOnce);
  try {
    await copyWorkspace(join(dir, 'services'), options.edits);
    const host = await startHost(join(dir, 'valkey'), options);
    try {
      return await playAt(host, join(dir, 'services'), options);
    } finally {
      await host.stop();
    }
  } finally {
    process.off('exit', removeAtOnce);
    await rm(dir, { recursive: true, force: true });
  }
}

const startHost = (dir: string, { valkey, seed }: RunOptions): Promise<Host> =>
  valkey === 'cluster' ? ClusterHost.start(dir, seed) : ValkeyHost.start(dir);

async function playAt(host: Host, root: string, options: RunOptions): Promise<Ran> {
  const env = { WAIT_REPLICAS: String(options.waitReplicas) };
  const stage = await Stage.start({ root, valkey: host, rules, env });
  const valkey = connectValkey(host.url, createLog('chaos', 'silent'));
  try {
    await whenReady(valkey);
    return await playOn(stage, valkey, options);
  } finally {
    valkey.disconnect();
    await stage.stop();
  }
}

async function playOn(stage: Stage, valkey: Valkey, options: RunOptions): Promise<Ran> {
  const { seed, lengthMs, bots, stop, started } = options;
  const broken = new AbortController();
  const faults = new Faults(stage, new WorstMoment(valkey), (error) => broken.abort(error));
  const history = await play({
    ...{ seed, lengthMs, bots, rules, valkey, stop, started },
    isRestless: true,
    witnesses: [],
    broken: broken.signal,
    faults: faults.done,
    fail: (signal) => faults.carryOut(scheduleOf(seed, lengthMs, options.valkey), signal),
    logins: stage.gateways.map(({ service }) => service.url),
    pickGateway: (random) => pickGateway(stage, random),
    breakConnections: (token) => {
      for (const { toPlayers } of stage.actors.values()) toPlayers?.cut(token);
    },
  });
  return { history, errors: stage.errors, faultsLeftOut: faults.leftOut };
}

/** If none is up, whoever comes is refused by the one whose port is closed. */
function pickGateway(stage: Stage, random: Random): { name: string; url: string } {
  const all = [...stage.actors.values()].filter(({ toPlayers }) => toPlayers);
  const { name, toPlayers } = random.pick(stage.gateways.length > 0 ? stage.gateways : all);
  return { name, url: `ws://127.0.0.1:${toPlayers?.port}` };
}
