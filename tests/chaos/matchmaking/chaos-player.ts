import { setTimeout as sleep } from 'node:timers/promises';
import { type Guest, Stranger, toPlay } from '../../support/stranger.ts';
import type { Random } from '../random.ts';
import { likely } from './actions.ts';
import type { Codes } from './codes.ts';
import { type HistoryEvent, now } from './history.ts';

/** How long a player thinks before they do something, least and most in ms. */
const thinkingMs = [40, 500] as const;
/** How long a player stays away who has closed the socket, least and most in ms: sometimes longer than the grace. */
const awayMs = [0, 1_500] as const;
/** So often, and after so many ms at most each time, somebody asks who is in a hurry: as they are paired, too. */
const hurry = { times: 5, withinMs: 8 };
/** How long to wait for a gateway that lets one in, in ms. */
const connectMs = 3_000;

/** What the players share. */
interface World {
  /** Addresses of the gateways that live. */
  gateways: () => string[];
  record: (event: HistoryEvent) => void;
  /** '' if the player has none. */
  ticketOf: (player: string) => Promise<string>;
  codes: Codes;
}

/** A player who does this and that, and writes down everything. */
export class ChaosPlayer {
  readonly id: string;
  readonly #token: string;
  readonly #gateways: () => string[];
  readonly #record: (event: HistoryEvent) => void;
  readonly #ticketOf: (player: string) => Promise<string>;
  readonly #codes: Codes;
  readonly #random: Random;
  #connection = 0;
  #stranger: Stranger | undefined;
  #room = '';
  #wants = false;
  /** Has left the queue, and is waiting for the answer. */
  #leaves = false;
  #clicks = 0;
  #oldCode = '';

  constructor({ id, token }: Guest, { gateways, record, ticketOf, codes }: World, random: Random) {
    this.id = id;
    this.#token = token;
    this.#gateways = gateways;
    this.#record = record;
    this.#ticketOf = ticketOf;
    this.#codes = codes;
    this.#random = random;
  }

  get isIn(): boolean {
    return this.#room !== '';
  }

  get wants(): boolean {
    return this.#wants;
  }

  /** Goes on until told to stop, and stays as it is then. */
  async play(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(this.#random.between(...thinkingMs), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (!this.#isOpen) await this.connect();
      else await this.#act();
    }
  }

  /** Comes (back) by any gateway, unless connected. */
  async connect(): Promise<void> {
    if (!this.#isOpen) await this.#connect();
  }

  send(type: string, payload: object = {}): void {
    const { id: player } = this;
    if (!this.#isOpen) return;
    this.#record({ at: now(), kind: 'sent', player, connection: this.#connection, type, payload });
    this.#stranger?.send(type, payload);
    if (type === 'JOIN_QUEUE' || type === 'REMATCH') this.#wants = !this.isIn;
    if (type === 'LEAVE_QUEUE') this.#wants = false;
    this.#leaves = type === 'LEAVE_QUEUE' || (this.#leaves && type === 'QUIT_GAME');
  }

  close(): void {
    this.#stranger?.close();
    this.#stranger = undefined;
    this.#forget();
  }

  get #isOpen(): boolean {
    return this.#stranger?.socket.readyState === WebSocket.OPEN;
  }

  async #act(): Promise<void> {
    const situation = this.isIn ? 'playing' : this.#wants ? 'waiting' : 'idle';
    switch (this.#random.weighted(likely[situation])) {
      case 'join':
        return this.send('JOIN_QUEUE');
      case 'hurry':
        for (let i = 0; i < hurry.times && !this.isIn; i++) {
          this.send('JOIN_QUEUE');
          await sleep(this.#random.between(0, hurry.withinMs));
        }
        return;
      case 'code':
        this.#oldCode = this.#codes.next();
        return this.send('JOIN_QUEUE', { mode: 'private', code: this.#oldCode });
      case 'oldCode':
        if (this.#oldCode) this.send('JOIN_QUEUE', { mode: 'private', code: this.#oldCode });
        return;
      case 'rematch':
        return this.send('REMATCH');
      case 'click':
        return this.send('CLICK', { count: 1, seq: ++this.#clicks });
      case 'leave':
        this.send('LEAVE_QUEUE');
        // Its answer says that the leaving has been dealt with.
        return this.send('QUIT_GAME');
      case 'quit':
        return this.send('QUIT_GAME');
      case 'takeOver':
        return this.#connect();
      case 'close':
        this.close();
        return sleep(this.#random.between(...awayMs));
    }
  }

  /** By a new connection, whether there is one or not. */
  async #connect(): Promise<void> {
    const living = this.#gateways();
    if (living.length === 0) return;
    const gateway = this.#random.pick(living);
    const { id: player } = this;
    const connection = ++this.#connection;
    const before = this.#stranger;
    this.#record({ at: now(), kind: 'connect', player, connection, gateway });
    const stranger = new Stranger(toPlay(gateway, this.#token));
    const { socket } = stranger;
    this.#stranger = stranger;
    this.#forget();
    socket.addEventListener('open', () => this.#record({ at: now(), kind: 'open', player, connection }));
    socket.addEventListener('close', ({ code }) => {
      this.#record({ at: now(), kind: 'closed', player, connection, code });
      if (this.#stranger === stranger) this.close();
    });
    socket.addEventListener('message', ({ data }) => {
      const { type, payload } = JSON.parse(data);
      this.#record({ at: now(), kind: 'told', player, connection, type, payload });
      if (this.#stranger === stranger) this.#told(type, payload);
    });
    await new Promise((resolve) => {
      for (const event of ['open', 'error', 'close']) socket.addEventListener(event, resolve, { once: true });
      setTimeout(resolve, connectMs).unref();
    });
    // Let in or not: nobody keeps an eye on the one before any more.
    if (!this.#isOpen) before?.close();
  }

  #told(type: string, payload: { roomId: string; ack: number; code: string }): void {
    if (type === 'GAME_OVER' || payload.code === 'not_in_match') void this.#lookAtTicket();
    if (type === 'GAME_START') {
      this.#room = payload.roomId;
      this.#clicks = payload.ack;
      this.#wants = false;
    } else if (type === 'GAME_OVER') {
      this.#room = '';
    } else if (type === 'ERROR' && payload.code !== 'not_in_match' && payload.code !== 'match_over') {
      this.#wants = false;
    }
  }

  /** What has become of the ticket of somebody who has left? */
  async #lookAtTicket(): Promise<void> {
    if (!this.#leaves) return;
    this.#leaves = false;
    const ticket = await this.#ticketOf(this.id);
    // If it was asked for another one meanwhile, the history tells.
    this.#record({ at: now(), kind: 'ticket', player: this.id, ticket });
  }

  #forget(): void {
    this.#leaves = false;
    this.#room = '';
    this.#wants = false;
  }
}
