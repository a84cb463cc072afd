import { setTimeout as sleep } from 'node:timers/promises';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { now } from './history.ts';
import type { Link } from './link.ts';

const tickets = 'overcookied:{matchmaking}:tickets';
/** A key that a matchmaker writes to when it takes pairs out of the queue, and at no other time. */
const commits = 'overcookied:{matchmaking}:waits';
/** So long at most it is waited for, in ms. */
const patienceMs = 500;
const pollMs = 5;

/** Finds the moments at which a matchmaker fails worst: most of the time it does nothing, and a fault then shows nothing. */
export class WorstMoment {
  readonly #valkey: Valkey;

  constructor(valkey: Valkey) {
    this.#valkey = valkey;
  }

  /** Resolves when a pair has just been taken out of the queue and not been announced yet, or when none is. */
  async announcing(): Promise<void> {
    const giveUpAt = now() + patienceMs;
    // Without a pause: it is a matter of a millisecond or two. Without Valkey there is nothing to see.
    while (now() < giveUpAt) {
      const known = await this.#valkey.hvals(tickets).catch(() => ['@']);
      if (known.some((ticket) => ticket.startsWith('@'))) return;
    }
  }

  /** Stalls a matchmaker's link just when it has worked out pairs and not committed them, or when it does not. */
  async committing(link: Link): Promise<void> {
    const giveUpAt = now() + patienceMs;
    link.stall(commits);
    while (!link.isStalled && now() < giveUpAt) await sleep(pollMs);
    link.stall();
  }
}
