import type { Role } from '@overcookied/shared/protocol.ts';

/**
 * For so long at most, in ms, does a player not hear that the own clicks have been counted. Within a tenth of a second
 * somebody who clicks ten times a second has clicked again: nearly always there is news of the opponent to send it with.
 */
export const mostOwedMs = 120;

/**
 * Whose own clicks have been counted without the player having been told. Nobody waits for it: a page shows a click when it is
 * made. Most of what a click costs is writing to sockets, and this is one write of two.
 */
export class OwedAcks {
  readonly #tell: (role: Role) => void;
  /** Since when, by `performance.now`. */
  readonly #owed = new Map<Role, number>();
  #timer: NodeJS.Timeout | undefined;

  /** @param tell tells the player of this role, who has waited for long enough */
  constructor(tell: (role: Role) => void) {
    this.#tell = tell;
  }

  /** Clicks of this player have been counted. */
  owe(role: Role): void {
    if (!this.#owed.has(role)) this.#owed.set(role, performance.now());
    this.#timer ??= setTimeout(() => this.#look(), mostOwedMs);
  }

  /** The player has been told, together with something else. The timer goes on: to set one for each click costs more. */
  told(role: Role): void {
    this.#owed.delete(role);
  }

  /** Nobody is told any more. */
  stop(): void {
    this.#owed.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.#timer = undefined;
    const now = performance.now();
    const leftMs = (since: number) => Math.ceil(since + mostOwedMs - now);
    const due = [...this.#owed].filter(([, since]) => leftMs(since) <= 0);
    for (const [role] of due) this.#owed.delete(role);
    const waits = [...this.#owed.values()].map(leftMs);
    if (waits.length > 0) this.#timer = setTimeout(() => this.#look(), Math.min(...waits));
    for (const [role] of due) this.#tell(role);
  }
}
