import { Player } from '@overcookied/client/player.ts';
import type { Connection, Page as PageRecord, Sitting, Wait } from '../history.ts';
import { now } from '../history.ts';
import type { Random } from '../random.ts';
import { habits, type Identity, type World } from './bot.ts';

/** What a bot that has the page open is told of. */
interface Listener {
  started(sitting: Sitting): void;
  over(): void;
  refused(code: string): void;
  /** For good. */
  closed(): void;
}

/**
 * A page that a player has open: the product's client, and the hand that clicks. It writes down what is made and told.
 * Whoever reloads opens another page.
 */
export class Page {
  readonly player: Player;
  readonly #world: World;
  readonly #random: Random;
  readonly #listener: Listener;
  #connection: Connection | undefined;
  #wait: Wait | undefined;
  #sitting: Sitting | undefined;
  #segment: PageRecord | undefined;
  /** Highest click of the match that is dealt with, as this page was told last. */
  #ack = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ id, token }: Identity, world: World, random: Random, listener: Listener) {
    this.#world = world;
    this.#random = random;
    this.#listener = listener;
    const number = world.recorder.page(id);
    const url = () => {
      const gateway = world.pickGateway(random);
      this.#connection = world.recorder.connect(id, number, gateway.name);
      return gateway.url;
    };
    const player = new Player({ url, token });
    this.player = player;
    player.on('status', (status) => {
      const connection = this.#connection;
      if (!connection || this.#isClosed) return;
      if (status.state === 'open') connection.openAt = now();
      if (status.state !== 'reconnecting' && status.state !== 'closed') return;
      this.#endWait();
      connection.closedAt = now();
      connection.code = status.code;
      if (status.state === 'closed') this.#end();
    });
    player.on('GAME_START', (start) => this.#started(start));
    player.on('UPDATE', ({ ack }) => ack !== undefined && this.#acked(ack));
    player.on('COOKIE_SPAWN', ({ id: golden }) => this.#spawned(golden));
    player.on('GAME_OVER', (over) => {
      if (this.#sitting && this.#connection)
        world.recorder.over(this.#sitting, this.#connection.number, over);
      this.#stopPlaying();
      listener.over();
    });
    player.on('ERROR', ({ code }) => {
      this.#endWait();
      if (this.#connection) world.recorder.refusal(this.#connection, code);
      listener.refused(code);
    });
  }

  get isOpen(): boolean {
    return this.player.status.state === 'open';
  }

  /** The match that it plays. */
  get sitting(): Sitting | undefined {
    return this.#sitting;
  }

  /** Asks for a match in the common queue. */
  joinQueue(): void {
    this.#endWait();
    if (this.isOpen && this.#connection) this.#wait = this.#world.recorder.wait(this.#connection);
    this.player.joinQueue();
  }

  leaveQueue(): void {
    this.#endWait();
    this.player.leaveQueue();
  }

  /** Closes it, as whoever leaves or reloads does. */
  close(): void {
    if (this.#isClosed) return;
    // It may be closed already, and the next attempt not begun yet.
    if (this.#connection) this.#connection.closedAt = Math.min(this.#connection.closedAt, now());
    this.#isClosed = true;
    this.#endWait();
    this.#stopPlaying();
    this.player.close();
  }

  quit(): void {
    if (this.#sitting) this.#sitting.quitAt ||= now();
    this.player.quit();
  }

  #endWait(): void {
    if (this.#wait) this.#wait.until = now();
    this.#wait = undefined;
  }

  #end(): void {
    this.#isClosed = true;
    this.#stopPlaying();
    this.#listener.closed();
  }

  #started(start: Parameters<World['recorder']['start']>[1]): void {
    const connection = this.#connection;
    this.#endWait();
    if (!connection) return;
    if (this.#sitting?.room !== start.roomId) {
      this.#stopPlaying();
      this.#ack = 0;
    }
    const isNew = !this.#sitting;
    this.#sitting = this.#world.recorder.start(connection, start);
    this.#ack = start.ack;
    if (!isNew) return;
    this.#clickAt(this.#sitting.startsAt);
    this.#listener.started(this.#sitting);
  }

  #acked(ack: number): void {
    if (!this.#sitting || !this.#connection) return;
    this.#ack = ack;
    this.#world.recorder.ack(this.#sitting, this.#connection.number, ack);
  }

  #spawned(id: number | undefined): void {
    const sitting = this.#sitting;
    if (!sitting || !this.#connection || id === undefined) return;
    sitting.spawns.push({ at: now(), connection: this.#connection.number, id });
    if (this.#random.next() >= habits.claims) return;
    setTimeout(
      () => {
        if (this.#sitting !== sitting) return;
        sitting.claims++;
        this.player.claim(id);
      },
      this.#random.between(...habits.claimAfterMs),
    );
  }

  /** @param at by the server's clock, in ms */
  #clickAt(at: number): void {
    this.#timer = setTimeout(
      () => {
        const sitting = this.#sitting;
        if (!sitting) return;
        // The clock may have been corrected meanwhile.
        if (this.player.clock.now() < sitting.startsAt) return this.#clickAt(sitting.startsAt);
        this.#click(sitting);
        const pauseMs = 1_000 / this.#random.between(...habits.clicksPerSecond);
        this.#clickAt(this.player.clock.now() + pauseMs);
      },
      Math.max(1, at - this.player.clock.now()),
    );
  }

  #click(sitting: Sitting): void {
    this.player.click();
    const number = this.#ack + this.player.openClicks;
    // Another page may have made clicks of which this one was told: it goes on after them.
    if (!this.#segment || number !== this.#segment.base + this.#segment.made.length + 1) {
      this.#segment = { base: number - 1, made: [], on: [] };
      sitting.pages.push(this.#segment);
    }
    this.#world.recorder.click(this.#segment, this.isOpen ? (this.#connection?.number ?? 0) : 0);
  }

  #stopPlaying(): void {
    clearTimeout(this.#timer);
    this.#sitting = undefined;
    this.#segment = undefined;
  }
}
