import { type Connection, now, type Page as PageRecord, type Sitting } from '../history.ts';
import type { Random } from '../random.ts';
import { type Bot, habits, type Identity, type World } from './bot.ts';

/** How long before the start it begins to click, and how long after the end it goes on, in ms. */
const tooEarlyMs = 300;
const tooLateMs = 300;
const retryMs = [150, 600] as const;
/** A connection that has not opened after so long is given up, in ms. */
const openWithinMs = 6_000;

/**
 * Plays as the client of the Go original does: it knows none of the newer fields, its clicks have no numbers, and what
 * it sends while a connection breaks is lost. It is not too exact about when a match begins and ends.
 */
export class OriginalBot implements Bot {
  readonly #identity: Identity;
  readonly #world: World;
  readonly #random: Random;
  readonly #isRestless: boolean;
  #socket: WebSocket | undefined;
  #connection: Connection | undefined;
  #sitting: Sitting | undefined;
  #clicks: PageRecord | undefined;
  #isAsking = false;
  #isClosed = false;
  readonly #timers = new Set<NodeJS.Timeout>();
  #hand: NodeJS.Timeout | undefined;

  constructor(identity: Identity, world: World, random: Random, isRestless: boolean) {
    this.#identity = identity;
    this.#world = world;
    this.#random = random;
    this.#isRestless = isRestless;
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  get isPlaying(): boolean {
    return this.#sitting !== undefined;
  }

  get isWaiting(): boolean {
    return this.#isAsking;
  }

  play(): void {
    this.#connect();
    if (this.#isRestless) this.#breakLater();
  }

  leave(): void {
    this.#isAsking = false;
    if (!this.#socket) this.#connect();
    if (this.#sitting) this.#quit(this.#sitting);
    else this.#send('LEAVE_QUEUE');
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#hand);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket?.close();
  }

  get #isEnding(): boolean {
    return this.#world.ending.aborted;
  }

  #connect(): void {
    const gateway = this.#world.pickGateway(this.#random);
    const connection = this.#world.recorder.connect(this.#identity.id, 1, gateway.name);
    const socket = new WebSocket(`${gateway.url}/ws?token=${this.#identity.token}`);
    this.#socket = socket;
    this.#connection = connection;
    const gone = (code: number) => {
      if (this.#socket !== socket) return;
      connection.closedAt = now();
      connection.code = code;
      this.#socket = undefined;
      this.#isAsking = false;
      // Not as other timers: in the end everybody is to be told how it ended.
      setTimeout(
        () => {
          if (!this.#socket && !this.#isClosed) this.#connect();
        },
        this.#random.between(...retryMs),
      );
    };
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      connection.openAt = now();
      this.#later(this.#random.between(...habits.pauseMs), () => this.#ask());
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket === socket) this.#receive(JSON.parse(String(data)));
    });
    socket.addEventListener('close', ({ code }) => gone(code));
    setTimeout(() => {
      if (this.#socket !== socket || connection.openAt > 0) return;
      gone(0);
      socket.close();
    }, openWithinMs).unref();
  }

  // biome-ignore lint/suspicious/noExplicitAny: it knows no types of the product
  #receive({ type, payload }: { type: string; payload: any }): void {
    const connection = this.#connection as Connection;
    switch (type) {
      case 'GAME_START':
        this.#isAsking = false;
        this.#started(this.#world.recorder.start(connection, payload));
        break;
      case 'UPDATE':
        if (this.#sitting && payload.ack)
          this.#world.recorder.ack(this.#sitting, connection.number, payload.ack);
        break;
      case 'COOKIE_SPAWN':
        this.#spawned(payload.id);
        break;
      case 'GAME_OVER':
        if (this.#sitting) this.#world.recorder.over(this.#sitting, connection.number, payload);
        this.#over();
        break;
      case 'ERROR':
        this.#world.recorder.refusal(connection, payload.code);
    }
  }

  #started(sitting: Sitting): void {
    if (this.#isEnding) this.#quit(sitting);
    if (this.#sitting === sitting) return;
    this.#sitting = sitting;
    this.#clicks = sitting.pages[0] ?? { base: -1, made: [], on: [] };
    if (sitting.pages.length === 0) sitting.pages.push(this.#clicks);
    clearTimeout(this.#hand);
    this.#clickIn(sitting.startsAt - tooEarlyMs - now());
    if (this.#random.next() < habits.quits) {
      const inMs = this.#random.between(0, sitting.endsAt - now());
      this.#later(inMs, () => this.#sitting === sitting && this.#quit(sitting));
    }
    this.#later(sitting.endsAt - now() + habits.patienceAfterEndMs, () => {
      if (this.#sitting === sitting) this.#over();
    });
  }

  #quit(sitting: Sitting): void {
    if (this.#send('QUIT_GAME')) sitting.quitAt ||= now();
  }

  #over(): void {
    this.#sitting = undefined;
    clearTimeout(this.#hand);
    const stopAt = now() + tooLateMs;
    const clickOn = () => {
      if (now() > stopAt || this.#sitting) return;
      this.#click();
      this.#hand = setTimeout(clickOn, this.#clickPauseMs());
    };
    clickOn();
    this.#later(tooLateMs + this.#random.between(...habits.pauseMs), () => this.#ask());
  }

  #ask(): void {
    if (this.#sitting || this.#isEnding) return;
    this.#isAsking = this.#send('JOIN_QUEUE');
  }

  #spawned(id: number | undefined): void {
    const sitting = this.#sitting;
    if (!sitting) return;
    if (id !== undefined) sitting.spawns.push({ at: now(), connection: this.#connection?.number ?? 0, id });
    if (this.#random.next() >= habits.claims) return;
    this.#later(this.#random.between(...habits.claimAfterMs), () => {
      if (this.#sitting !== sitting) return;
      if (this.#send('COOKIE_CLICK')) sitting.claims++;
    });
  }

  #clickIn(ms: number): void {
    this.#hand = setTimeout(
      () => {
        if (!this.#sitting) return;
        this.#click();
        this.#clickIn(this.#clickPauseMs());
      },
      Math.max(1, ms),
    );
  }

  #click(): void {
    if (this.#clicks && this.#send('CLICK', { count: 1 })) {
      this.#world.recorder.click(this.#clicks, this.#connection?.number ?? 0);
    }
  }

  #clickPauseMs(): number {
    return 1_000 / this.#random.between(...habits.clicksPerSecond);
  }

  #breakLater(): void {
    this.#later(this.#random.between(...habits.restMs), () => {
      this.#world.breakConnections(this.#identity.token);
      this.#breakLater();
    });
  }

  /** @returns whether it was sent: nothing is kept for later */
  #send(type: string, payload: object = {}): boolean {
    if (!this.isConnected) return false;
    this.#socket?.send(JSON.stringify({ type, payload }));
    return true;
  }

  #later(ms: number, work: () => void): void {
    if (this.#isEnding) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (!this.#isEnding && !this.#isClosed) work();
      },
      Math.max(0, ms),
    );
    this.#timers.add(timer);
  }
}
