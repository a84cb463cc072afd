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
  readonly #owed = new Set<Role>();
  #timer: NodeJS.Timeout | undefined;

  /** @param tell tells the player of this role, who has waited for long enough */
  constructor(tell: (role: Role) => void) {
    this.#tell = tell;
  }

  /** Clicks of this player have been counted. */
  owe(role: Role): void {
    this.#owed.add(role);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const roles = [...this.#owed];
      this.#owed.clear();
      for (const each of roles) this.#tell(each);
    }, mostOwedMs);
  }

  /** The player has been told, together with something else. */
  told(role: Role): void {
    this.#owed.delete(role);
    if (this.#owed.size === 0) this.stop();
  }

  /** Nobody is told any more. */
  stop(): void {
    this.#owed.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
