import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Spread, spreadOf } from '../../spread.ts';
import { now } from './clock.ts';
import type { Dialect } from './dialects/dialect.ts';
import { type DialectName, dialects } from './dialects/dialects.ts';
import { pace } from './pacer.ts';
import { Player, type Seat } from './player.ts';
import { countDue, dueAt, dueOf, type Schedule } from './schedule.ts';

/** So many sockets are being opened at any moment. */
const openingAtOnce = 64;
/** What was not seen so long after the last click, in ms, is given up; */
const patienceMs = 10_000;
/** and what is missing when nothing has come for so long will not come: it was lost. */
const silenceMs = 500;
const pollMs = 20;
/** Between the order to play and the first click, in ms: the thread that keeps the time has to start. */
const aheadMs = 200;
/** How long whoever leaves may take to say so, in ms. */
const leavingMs = 2_000;

export interface CrowdOptions {
  /** The processes, as in `127.0.0.1:8080`. */
  servers: string[];
  /** Players 0 and 1 play against each other, 2 and 3, and so on; they are at the processes in turn. */
  seats: Seat[];
  dialect: DialectName;
}

export interface PlayOptions {
  clicksPerSecond: number;
  seconds: number;
  /** Whether players whose connection breaks come back to the next process; unless told, that is an error. */
  comesBack?: boolean;
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

/** How a player stands. */
export type Score = Pick<Player, 'isOn' | 'sent' | 'counted' | 'hasKept' | 'seen'>;

/** Players who do nothing but click at given times, and note when they see what others clicked. */
export class Crowd {
  readonly #players: Player[];
  readonly #servers: string[];
  readonly #dialect: Dialect;
  #failure: Error | undefined;
  #comesBack = false;
  #hasBegun = false;
  #isClosed = false;
  /** What is called when a player sees clicks of the opponent for the first time: which player's, which ones. */
  #see: (clicker: number, from: number, to: number) => void = () => {};

  private constructor({ servers, seats, dialect }: CrowdOptions) {
    this.#servers = servers;
    this.#dialect = dialects[dialect];
    this.#players = seats.map(
      (seat, i) => new Player(seat, i % servers.length, (from, to) => this.#see(i ^ 1, from, to)),
    );
  }

  /** Resolves when all are connected. @throws Error when one cannot be */
  static async open(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(options);
    let next = 0;
    const some = async () => {
      for (let player = crowd.#players[next++]; player; player = crowd.#players[next++])
        await crowd.#connect(player);
    };
    await Promise.all(Array.from({ length: openingAtOnce }, some));
    await crowd.#until(() => crowd.#players.every(({ isConnected }) => isConnected));
    return crowd;
  }

  /** Resolves when everybody's match is on. */
  async begin(): Promise<void> {
    this.#hasBegun = true;
    for (const player of this.#players) this.#join(player);
    await this.#until(() => this.#players.every(({ isOn }) => isOn));
  }

  /** Resolves when all clicks were seen, or given up. @throws Error when a socket was closed and nobody comes back */
  async play({ clicksPerSecond, seconds, comesBack = false }: PlayOptions): Promise<Played> {
    this.#comesBack = comesBack;
    const players = this.#players;
    const clicks = Math.round(clicksPerSecond * seconds);
    const schedule: Schedule = { startsAt: now() + aheadMs, players: players.length, clicksPerSecond };
    const latency = new Float64Array(clicks);
    const late = new Float64Array(clicks);
    const before = players.map(({ sent }) => sent);
    const endsAt = dueAt(schedule, clicks);
    let [sent, seen, seenAt] = [0, 0, endsAt];
    this.#see = (clicker, from, to) => {
      const at = now();
      // Told of one's own clicks, or of some twice.
      if (to > (players[clicker]?.sent ?? 0))
        this.#failure ??= new Error(`click ${to} of player ${clicker} was seen before it was made`);
      const first = before[clicker] ?? 0;
      // What was given up before may still come.
      for (let n = Math.max(from, first); n < to; n++)
        latency[seen++] = at - dueOf(schedule, clicker, n - first);
      seenAt = Math.max(at, endsAt);
    };
    const stop = pace(schedule, () => {
      const due = Math.min(clicks, countDue(schedule, now()));
      for (; sent < due; sent++) {
        late[sent] = now() - dueAt(schedule, sent);
        const player = players[sent % players.length];
        if (player) this.#click(player);
      }
    });
    await this.#until(() => seen >= clicks || now() > Math.min(endsAt + patienceMs, seenAt + silenceMs));
    stop();
    return {
      clicks,
      unseen: clicks - seen,
      latency: spreadOf(latency.subarray(0, seen)),
      late: spreadOf(late.subarray(0, sent)),
    };
  }

  /** How all players stand, in their order. */
  scores(): Score[] {
    return this.#players.map(({ isOn, sent, counted, hasKept, seen }) => ({
      ...{ isOn, sent, counted, hasKept, seen },
    }));
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const sockets = this.#players.flatMap(({ socket }) => socket ?? []);
    const { goodbye } = this.#dialect;
    if (goodbye !== undefined) {
      for (const socket of sockets) if (socket.readyState === socket.OPEN) socket.send(goodbye);
      const deadline = now() + leavingMs;
      while (sockets.some(({ readyState, OPEN }) => readyState === OPEN) && now() < deadline)
        await sleep(pollMs);
    }
    for (const socket of sockets) socket.terminate();
  }

  #click(player: Player): void {
    player.sent++;
    if (player.isOn) player.socket?.send(this.#dialect.click(player.sent));
  }

  #welcome(player: Player): void {
    player.isConnected = true;
    if (this.#hasBegun) this.#join(player);
  }

  #join({ seat, socket }: Player): void {
    const frame = this.#dialect.join?.(seat);
    if (frame !== undefined) socket?.send(frame);
  }

  /** Resolves when the connection is open. @param isBack whether the player was in the match before */
  async #connect(player: Player, isBack = false): Promise<void> {
    const address = await this.#dialect.address(this.#servers[player.server] ?? '', player.seat, isBack);
    const socket = new WebSocket(address, { perMessageDeflate: false });
    player.socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(player, data));
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.on('error', reject);
    });
    socket.once('close', (code, reason) => this.#lose(player, `${code} ${reason}`));
    if (!this.#dialect.saysWhenConnected) this.#welcome(player);
  }

  #hear(player: Player, data: Buffer): void {
    const { isOn: wasOn, isConnected: wasConnected } = player;
    const answer = this.#dialect.hear(data, player);
    if (answer !== undefined) player.socket?.send(answer);
    if (player.isConnected && !wasConnected) this.#welcome(player);
    if (!player.isOn || wasOn || player.sent === 0) return;
    player.comeBack();
    for (const frame of this.#dialect.catchUp(player)) player.socket?.send(frame);
  }

  #lose(player: Player, how: string): void {
    if (this.#isClosed) return;
    player.lose();
    if (this.#comesBack) void this.#comeBack(player);
    else this.#failure ??= new Error(`player ${this.#players.indexOf(player)} was closed with ${how}`);
  }

  /** Tries one process after the other until one lets the player in. */
  async #comeBack(player: Player): Promise<void> {
    while (!this.#isClosed) {
      await sleep(this.#dialect.backAfterMs);
      player.server = (player.server + 1) % this.#servers.length;
      try {
        await this.#connect(player, true);
        return;
      } catch {
        // That process is dead too, or has no room: the next one may.
      }
    }
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#failure) throw this.#failure;
      await sleep(pollMs);
    }
  }
}
