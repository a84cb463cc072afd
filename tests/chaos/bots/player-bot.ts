import type { Sitting } from '../history.ts';
import { now } from '../history.ts';
import type { Random } from '../random.ts';
import { type Bot, habits, type Identity, type World } from './bot.ts';
import { Page } from './page.ts';

/** A match of which no end was told so long after it was due has none that will be told, in ms. */
const overdueMs = 4_000;
const reconnects = { break: 50, reload: 30, takeOver: 20 };

/** Plays by the product's own client: one match after the other, and if restless with another connection now and then. */
export class PlayerBot implements Bot {
  readonly #identity: Identity;
  readonly #world: World;
  readonly #random: Random;
  readonly #isRestless: boolean;
  #page: Page | undefined;
  /** Pages beside that one, which have been taken over or are about to be. */
  readonly #others = new Set<Page>();
  #isAsking = false;
  #latestRoom = '';
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(identity: Identity, world: World, random: Random, isRestless: boolean) {
    this.#identity = identity;
    this.#world = world;
    this.#random = random;
    this.#isRestless = isRestless;
  }

  get isConnected(): boolean {
    return this.#page?.isOpen ?? false;
  }

  get isPlaying(): boolean {
    return this.#page?.sitting !== undefined;
  }

  get isWaiting(): boolean {
    return this.#isAsking;
  }

  play(): void {
    this.#open();
    this.#pause();
    if (this.#isRestless) this.#reconnectLater();
  }

  leave(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#closeOthers();
    this.#isAsking = false;
    const { sitting } = this.#page ?? {};
    if (sitting && now() > sitting.endsAt + overdueMs) {
      // It has not been told of the end, for which the checker has a rule: nobody need wait for that.
      this.#page?.close();
      this.#page = undefined;
    }
    if (!this.#page) this.#open();
    if (this.isPlaying) this.#page?.quit();
    else this.#page?.leaveQueue();
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#closeOthers();
    this.#page?.close();
    this.#page = undefined;
  }

  get #isEnding(): boolean {
    return this.#world.ending.aborted;
  }

  /** Opens a page, beside the one that is open if there is one: that is taken over then. */
  #open(): void {
    const page: Page = new Page(this.#identity, this.#world, this.#random, {
      started: (sitting) => page === this.#page && this.#started(sitting),
      over: () => page === this.#page && this.#pause(),
      refused: (code) => page === this.#page && this.#refused(code),
      closed: () => {
        // Taken over by a page of its own that has been closed since, or told not to come back: it does, as people do.
        if (page === this.#page) this.#reopen();
      },
    });
    this.#page = page;
  }

  #reopen(): void {
    this.#page = undefined;
    this.#later(this.#random.between(100, 500), () => {
      if (this.#page) return;
      this.#open();
      this.#pause();
    });
  }

  #started(sitting: Sitting): void {
    this.#isAsking = false;
    this.#latestRoom = sitting.room;
    if (this.#isEnding) {
      this.#page?.quit();
      return;
    }
    if (this.#random.next() < habits.quits) {
      const inMs = this.#random.between(0, sitting.endsAt - now());
      this.#later(inMs, () => this.#page?.sitting === sitting && this.#page.quit());
    }
    this.#later(sitting.endsAt - now() + habits.patienceAfterEndMs, () => {
      // Its end was told to a connection that broke before it came.
      if (this.#page?.sitting === sitting) this.#reload(0);
    });
  }

  #refused(code: string): void {
    if (['no_rematch', 'code_used', 'code_expired'].includes(code)) this.#pause();
  }

  /** Looks around, then asks for the next match. */
  #pause(): void {
    this.#isAsking = false;
    this.#later(this.#random.between(...habits.pauseMs), () => this.#ask());
  }

  #ask(): void {
    const page = this.#page;
    if (!page || this.#isEnding || this.isPlaying || this.#isAsking) return;
    this.#isAsking = true;
    // Both players of a match are of the same mind.
    if (this.#latestRoom && shareOf(this.#latestRoom) < habits.rematches) {
      this.#latestRoom = '';
      page.player.rematch();
      this.#goToCommonQueueSoon();
    } else if (this.#random.next() < habits.codes) {
      page.player.joinQueue({ mode: 'private', code: this.#world.codes.next() });
      this.#goToCommonQueueSoon();
    } else page.joinQueue();
  }

  #goToCommonQueueSoon(): void {
    this.#later(habits.patienceMs, () => {
      if (this.#isAsking && !this.isPlaying && !this.#isEnding) this.#page?.joinQueue();
    });
  }

  #reconnectLater(): void {
    this.#later(this.#random.between(...habits.restMs), () => {
      switch (this.#random.weighted(reconnects)) {
        case 'break':
          this.#world.breakConnections(this.#identity.token);
          break;
        case 'reload': {
          const isLong = this.#random.next() < habits.longAway;
          const [least, most] = isLong ? habits.longAwayMs : habits.awayMs;
          this.#reload(this.#random.between(least, most));
          break;
        }
        case 'takeOver': {
          const before = this.#page;
          this.#open();
          this.#carryOn();
          // The gateway closes it; a page whose connection is broken just then would come back for ever.
          if (before) this.#closeSoon(before);
        }
      }
      this.#reconnectLater();
    });
  }

  #closeSoon(page: Page): void {
    this.#others.add(page);
    this.#later(2_000, () => {
      this.#others.delete(page);
      page.close();
    });
  }

  #closeOthers(): void {
    for (const page of this.#others) page.close();
    this.#others.clear();
  }

  #reload(awayMs: number): void {
    this.#page?.close();
    this.#page = undefined;
    this.#later(awayMs, () => {
      if (this.#page) return;
      this.#open();
      this.#carryOn();
    });
  }

  /** A new page knows nothing of what the one before it waited for: if there is no match on, it asks again. */
  #carryOn(): void {
    this.#isAsking = false;
    this.#later(1_500, () => this.#ask());
  }

  #later(ms: number, work: () => void): void {
    if (this.#isEnding) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (!this.#isEnding) work();
      },
      Math.max(0, ms),
    );
    this.#timers.add(timer);
  }
}

/** From 0 to 1, the same for everybody who asks about this text. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
