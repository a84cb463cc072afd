import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '@overcookied/shared/protocol.ts';
import { WebSocket } from 'ws';
import { type Spread, spreadOf } from '../../spread.ts';
import { now } from './clock.ts';
import { clickFrame, type DialectName, dialects } from './dialects.ts';
import { pace } from './pacer.ts';
import { countDue, dueAt, dueOf, type Schedule } from './schedule.ts';

/** So many sockets are being opened at any moment. */
const openingAtOnce = 64;
/** What was not seen so long after the last click, in ms, is given up. */
const patienceMs = 10_000;
const pollMs = 20;
/** Between the order to play and the first click, in ms: the thread that keeps the time has to start. */
const aheadMs = 200;

export interface CrowdOptions {
  /** One for each player; players 0 and 1 play against each other, 2 and 3, and so on. */
  urls: string[];
  dialect: DialectName;
}

export interface PlayOptions {
  clicksPerSecond: number;
  seconds: number;
}

/** What became of the clicks of some seconds, times in ms. */
export interface Played {
  clicks: number;
  /** Clicks that the opponent did not see. */
  unseen: number;
  /** From when a click was due until the opponent's client has read of it. */
  latency: Spread;
  /** How late clicks were sent: what the load itself adds to the latency. */
  late: Spread;
}

interface Player {
  role: Role;
  socket: WebSocket;
  isOn: boolean;
  /** How many clicks this player has sent. */
  sent: number;
  /** How many of the opponent's clicks this player has seen. */
  seen: number;
}

/** Players who do nothing but click at given times, and note when they see what others clicked. */
export class Crowd {
  readonly #players: Player[] = [];
  readonly #dialect;
  #lost: Error | undefined;
  /** What is called when a player sees clicks of the opponent for the first time: which player's, which ones. */
  #see: (clicker: number, from: number, to: number) => void = () => {};

  private constructor(dialect: DialectName) {
    this.#dialect = dialects[dialect];
  }

  /** Resolves when all are connected. @throws Error when one cannot be */
  static async open({ urls, dialect }: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(dialect);
    let next = 0;
    const some = async () => {
      for (let i = next++; i < urls.length; i = next++) await crowd.#open(i, urls[i] ?? '');
    };
    await Promise.all(Array.from({ length: openingAtOnce }, some));
    return crowd;
  }

  /** Resolves when everybody's match is on. @param greet whether players say where they play */
  async begin(matches: string, greet: boolean): Promise<void> {
    if (greet) {
      for (const [i, { role, socket }] of this.#players.entries())
        socket.send(`${role} ${matches}-${Math.floor(i / 2)}`);
    }
    while (!this.#players.every(({ isOn }) => isOn)) await this.#wait();
  }

  /** Resolves when all clicks were seen, or given up. @throws Error when a socket was closed */
  async play({ clicksPerSecond, seconds }: PlayOptions): Promise<Played> {
    const players = this.#players;
    const clicks = Math.round(clicksPerSecond * seconds);
    const schedule: Schedule = { startsAt: now() + aheadMs, players: players.length, clicksPerSecond };
    const latency = new Float64Array(clicks);
    const late = new Float64Array(clicks);
    const before = players.map(({ sent }) => sent);
    let [sent, seen] = [0, 0];
    this.#see = (clicker, from, to) => {
      const at = now();
      const first = before[clicker] ?? 0;
      // What was given up before may still come.
      for (let n = Math.max(from, first); n < to; n++)
        latency[seen++] = at - dueOf(schedule, clicker, n - first);
    };
    const stop = pace(schedule, () => {
      const due = Math.min(clicks, countDue(schedule, now()));
      for (; sent < due; sent++) {
        late[sent] = now() - dueAt(schedule, sent);
        const player = players[sent % players.length];
        player?.socket.send(clickFrame(++player.sent));
      }
    });
    const endsAt = dueAt(schedule, clicks);
    while (seen < clicks && now() < endsAt + patienceMs) await this.#wait();
    stop();
    return {
      clicks,
      unseen: clicks - seen,
      latency: spreadOf(latency.subarray(0, seen)),
      late: spreadOf(late.subarray(0, sent)),
    };
  }

  /** Ends all connections. */
  close(): void {
    for (const { socket } of this.#players) {
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.terminate();
    }
  }

  #open(i: number, url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      const player: Player = { role: i % 2 === 0 ? 'p1' : 'p2', socket, isOn: false, sent: 0, seen: 0 };
      this.#players[i] = player;
      socket.on('open', resolve);
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        this.#lost ??= new Error(`player ${i} was closed with ${code} ${reason}`);
      });
      socket.on('message', (data) => this.#read(i, player, data.toString()));
    });
  }

  #read(i: number, player: Player, frame: string): void {
    if (!player.isOn) {
      player.isOn = this.#dialect.isStart(frame);
      return;
    }
    const seen = this.#dialect.seen(frame, player.role, player.seen);
    if (seen > player.seen) this.#see(i ^ 1, player.seen, seen);
    player.seen = seen;
  }

  async #wait(): Promise<void> {
    if (this.#lost) throw this.#lost;
    await sleep(pollMs);
  }
}
