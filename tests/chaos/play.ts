import { setTimeout as sleep } from 'node:timers/promises';
import { loginAsGuest } from '@overcookied/client/api.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Bot, World } from './bots/bot.ts';
import { OriginalBot } from './bots/original-bot.ts';
import { PlayerBot } from './bots/player-bot.ts';
import { Collector } from './collector.ts';
import { type Fault, type History, now, type RunRules } from './history.ts';
import { Codes } from './matchmaking/codes.ts';
import { watchPauses } from './pauses.ts';
import { Random } from './random.ts';
import { Recorder } from './recorder.ts';

/** Of so many bots two are of the original kind, of which one may be restless. */
const kinds = 20;
const loginsAtOnce = 20;
/** Whoever is in a match in the end, or is put into one just then, is out of it within so long, in ms. */
const leaveWithinMs = 20_000;
const leaveEveryMs = 1_000;

/** Where the players play, and what goes wrong meanwhile. */
export interface Theatre {
  seed: number;
  /** How long things fail, in ms. */
  lengthMs: number;
  bots: number;
  /** Whether every other bot has another connection now and then. */
  isRestless: boolean;
  rules: RunRules;
  /** By a connection with which nothing is meddled. */
  valkey: Valkey;
  /** Each answers at once, as Valkey does, unless the machine is too busy. */
  witnesses: (() => Promise<unknown>)[];
  /** Where players log in, over which they are spread: `http://127.0.0.1:8080`. */
  logins: string[];
  pickGateway: World['pickGateway'];
  breakConnections: World['breakConnections'];
  /** Lets things fail until the signal, and resolves when all of it is made good. */
  fail: (signal: AbortSignal) => Promise<void>;
  /** What has failed so far. */
  faults: readonly Fault[];
  /** Ends the run before its time: it comes to its end as always. */
  stop: AbortSignal;
  /** Aborts when the run is of no use any more, with the error that says why. */
  broken: AbortSignal;
  /** Told once everybody plays. */
  started: (running: Running) => void;
}

/** What is known while it runs. */
export interface Running {
  recorder: Recorder;
  faults: readonly Fault[];
  bots: readonly Bot[];
}

/**
 * Plays from beginning to end, and writes down what happened.
 *
 * @throws Error when the run is broken
 */
export async function play(theatre: Theatre): Promise<History> {
  const { seed, lengthMs, rules, valkey, witnesses, stop, broken } = theatre;
  const from = now();
  const pauses: Fault[] = [];
  const stopWatching = watchPauses([() => valkey.ping(), ...witnesses], (pause) => pauses.push(pause));
  const collector = new Collector(valkey);
  const recorder = new Recorder(({ room, role, player, opponent, endsAt }) =>
    collector.add(room, role === 'p1' ? [player, opponent] : [opponent, player], endsAt),
  );
  const ending = new AbortController();
  const players = await login(theatre);
  const bots = makeBots(theatre, players, recorder, ending.signal);
  const collecting = collector.collect();
  try {
    for (const bot of bots) bot.play();
    theatre.started({ recorder, faults: theatre.faults, bots });
    const signal = AbortSignal.any([stop, broken]);
    const failing = theatre.fail(signal);
    await sleep(lengthMs, undefined, { signal }).catch(() => {});
    await failing;
    broken.throwIfAborted();
    ending.abort();
    const until = now();
    await leaveAll(bots, valkey);
    const left = await collector.finish(players.map(({ id }) => id));
    const names = Object.fromEntries(players.map(({ id, name }) => [id, name]));
    const { connections, sittings, refusals, waits } = recorder;
    const { games } = collector;
    return {
      ...{ seed, rules, names, from, until, endsAt: now(), faults: [...pauses, ...theatre.faults] },
      ...{ connections, sittings, refusals, waits, games, left },
    };
  } finally {
    ending.abort();
    collector.stop();
    await collecting;
    stopWatching();
    for (const bot of bots) bot.close();
  }
}

interface LoggedIn {
  id: string;
  token: string;
  name: string;
}

async function login({ bots, logins }: Theatre): Promise<LoggedIn[]> {
  const players: LoggedIn[] = [];
  while (players.length < bots) {
    const some = Math.min(loginsAtOnce, bots - players.length);
    const from = players.length;
    const names = Array.from({ length: some }, (_, i) => `bot ${from + i + 1}`);
    players.push(
      ...(await Promise.all(names.map((name, i) => loginAsGuest(logins[i % logins.length] ?? '', name)))),
    );
  }
  return players;
}

function makeBots(
  { seed, isRestless, pickGateway, breakConnections }: Theatre,
  players: LoggedIn[],
  recorder: Recorder,
  ending: AbortSignal,
): Bot[] {
  const world: World = {
    ...{ recorder, ending, pickGateway, breakConnections },
    codes: new Codes(new Random(seed)),
  };
  return players.map((identity, i) => {
    const random = new Random(seed + 1_000 + i);
    const isOriginal = i % kinds === 9 || i % kinds === 10;
    return new (isOriginal ? OriginalBot : PlayerBot)(identity, world, random, isRestless && i % 2 === 0);
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
