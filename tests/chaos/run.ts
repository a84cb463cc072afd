import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loginAsGuest } from '@overcookied/client/api.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { connectValkey, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import type { LogLine } from '../support/service.ts';
import type { Bot, World } from './bots/bot.ts';
import { OriginalBot } from './bots/original-bot.ts';
import { PlayerBot } from './bots/player-bot.ts';
import type { Edit } from './breakages.ts';
import { Collector } from './collector.ts';
import { Faults } from './faults.ts';
import { type History, now, type RunRules } from './history.ts';
import { Codes } from './matchmaking/codes.ts';
import { watchPauses } from './pauses.ts';
import { Random } from './random.ts';
import { Recorder } from './recorder.ts';
import { scheduleOf } from './schedule.ts';
import { Stage } from './stage.ts';
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

/** Of so many bots two are of the original kind, of which one is restless. */
const kinds = 20;
const loginsAtOnce = 20;
/** Whoever is in a match in the end, or is put into one just then, is out of it within so long, in ms. */
const leaveWithinMs = 20_000;
const leaveEveryMs = 1_000;

interface RunOptions {
  seed: number;
  /** How long there are faults, in ms. */
  lengthMs: number;
  bots: number;
  /** What to break on purpose. */
  edits: Edit[];
  /** Ends the faults before their time; the run comes to its end as always. */
  stop: AbortSignal;
  /** Told once everything is there. */
  started: (running: Running) => void;
}

/** What is known while it runs. */
export interface Running {
  recorder: Recorder;
  faults: Faults;
  bots: readonly Bot[];
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
    const stage = await Stage.start({ root: join(dir, 'services'), dir: join(dir, 'valkey'), rules });
    const valkey = connectValkey(stage.valkey.url, createLog('chaos', 'silent'));
    try {
      await whenReady(valkey);
      return await play(options, stage, valkey);
    } finally {
      valkey.disconnect();
      await stage.stop();
    }
  } finally {
    process.off('exit', removeAtOnce);
    await rm(dir, { recursive: true, force: true });
  }
}

async function play(options: RunOptions, stage: Stage, valkey: Valkey): Promise<Ran> {
  const { seed, lengthMs } = options;
  const from = now();
  const broken = new AbortController();
  const faults = new Faults(stage, new WorstMoment(valkey), (error) => broken.abort(error));
  const stopWatching = watchPauses(valkey, (pause) => faults.done.push(pause));
  const collector = new Collector(valkey);
  const recorder = new Recorder(({ room, role, player, opponent, endsAt }) =>
    collector.add(room, role === 'p1' ? [player, opponent] : [opponent, player], endsAt),
  );
  const ending = new AbortController();
  const players = await login(stage, options.bots);
  const bots = makeBots(players, worldOf(stage, recorder, seed, ending.signal), seed);
  const collecting = collector.collect();
  try {
    for (const bot of bots) bot.play();
    options.started({ recorder, faults, bots });
    const signal = AbortSignal.any([options.stop, broken.signal]);
    const failing = faults.carryOut(scheduleOf(seed, lengthMs), signal);
    await sleep(lengthMs, undefined, { signal }).catch(() => {});
    await failing;
    broken.signal.throwIfAborted();
    ending.abort();
    const until = now();
    await leaveAll(bots, valkey);
    const left = await collector.finish(players.map(({ id }) => id));
    const names = Object.fromEntries(players.map(({ id, name }) => [id, name]));
    const { connections, sittings, refusals, waits } = recorder;
    const { games } = collector;
    const history: History = {
      ...{ seed, rules, names, from, until, endsAt: now(), faults: faults.done },
      ...{ connections, sittings, refusals, waits, games, left },
    };
    return { history, errors: stage.errors, faultsLeftOut: faults.leftOut };
  } finally {
    ending.abort();
    collector.stop();
    await collecting;
    stopWatching();
    for (const bot of bots) bot.close();
  }
}

async function login(stage: Stage, bots: number): Promise<{ id: string; token: string; name: string }[]> {
  const players: { id: string; token: string; name: string }[] = [];
  const gateways = stage.gateways.map(({ service }) => service.url);
  while (players.length < bots) {
    const some = Math.min(loginsAtOnce, bots - players.length);
    const from = players.length;
    const names = Array.from({ length: some }, (_, i) => `bot ${from + i + 1}`);
    players.push(
      ...(await Promise.all(names.map((name, i) => loginAsGuest(gateways[i % gateways.length] ?? '', name)))),
    );
  }
  return players;
}

function worldOf(stage: Stage, recorder: Recorder, seed: number, ending: AbortSignal): World {
  return {
    recorder,
    ending,
    codes: new Codes(new Random(seed)),
    pickGateway: (random) => {
      // If none is up, whoever comes is refused by the one whose port is closed.
      const all = [...stage.actors.values()].filter(({ toPlayers }) => toPlayers);
      const { name, toPlayers } = random.pick(stage.gateways.length > 0 ? stage.gateways : all);
      return { name, url: `ws://127.0.0.1:${toPlayers?.port}` };
    },
    breakConnections: (token) => {
      for (const { toPlayers } of stage.actors.values()) toPlayers?.cut(token);
    },
  };
}

function makeBots(players: { id: string; token: string }[], world: World, seed: number): Bot[] {
  return players.map((identity, i) => {
    const random = new Random(seed + 1_000 + i);
    const isOriginal = i % kinds === 9 || i % kinds === 10;
    const isRestless = i % 2 === 0;
    return new (isOriginal ? OriginalBot : PlayerBot)(identity, world, random, isRestless);
  });
}

/** Nobody wants anything any more. What takes too long is found by the checker, which says whom it concerns. */
async function leaveAll(bots: readonly Bot[], valkey: Valkey): Promise<void> {
  const giveUpAt = now() + leaveWithinMs;
  while (now() < giveUpAt) {
    for (const bot of bots) bot.leave();
    await sleep(leaveEveryMs);
    const [queue, pending, tickets] = await Promise.all([
      valkey.zcard('overcookied:{matchmaking}:queue'),
      valkey.hlen('overcookied:{matchmaking}:pending'),
      valkey.hlen('overcookied:{matchmaking}:tickets'),
    ]).catch(() => [1, 1, 1]);
    const isQuiet = bots.every(({ isPlaying, isConnected }) => !isPlaying && isConnected);
    if (isQuiet && queue + pending + tickets === 0) return;
  }
}
