import type { ServerFrame } from '@overcookied/shared/protocol.ts';
import {
  isWaiting,
  joinParty,
  joinQueue,
  leaveQueue,
  type Outlook,
  type Ticket,
} from '@overcookied/shared/queue/queue.ts';
import { botIdPrefix, type Identity } from '@overcookied/shared/tokens.ts';
import { nanoid } from 'nanoid';
import type { Attendance } from './attendance.ts';
import { readRecord } from './records.ts';
import type { SessionParts } from './session-parts.ts';
import type { PartyWish, Wish } from './wish.ts';

/** One connection's wish for an opponent, and its ticket. */
export class Waiting {
  readonly #parts: SessionParts;
  readonly #identity: Identity;
  /** Knows the number of the connection, by which a ticket knows whose it is. */
  readonly #attendance: Attendance;
  readonly #send: (frame: ServerFrame) => void;
  /** Player id of whoever the player met last by this connection; what is recorded may be a match behind. */
  lastOpponent: string | undefined;
  #wanted = false;
  #wish: Wish = { mode: 'ranked' };
  /** By Valkey's clock, in ms. */
  #since = 0;
  #expiresAt = 0;
  #expiry: NodeJS.Timeout | undefined;

  constructor(
    parts: SessionParts,
    identity: Identity,
    attendance: Attendance,
    send: (frame: ServerFrame) => void,
  ) {
    this.#parts = parts;
    this.#identity = identity;
    this.#attendance = attendance;
    this.#send = send;
  }

  /** Whether the player wants an opponent, has a ticket already or not. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** From now on the player waits for this, and for nothing else. The caller joins. */
  want(wish: Wish): void {
    clearTimeout(this.#expiry);
    this.#wish = wish;
    this.#wanted = true;
  }

  /** The player waits for what they have waited for before: the match that came was none. */
  wantStill(): void {
    this.#wanted = true;
  }

  /** The player waits no more: a match is there, or the connection is gone. A ticket may still be there. */
  drop(): void {
    clearTimeout(this.#expiry);
    this.#wanted = false;
  }

  /** Takes a place where the player wants to wait; one that the player has already is kept. */
  async join(): Promise<void> {
    const wish = this.#wish;
    const [ticket, outlook] = await Promise.all([this.#ticket(), this.#parts.outlooks.read()]);
    // Left, or asked for something else, while the record was read.
    if (!this.#wanted || wish !== this.#wish) return;
    if (wish.code === undefined) await this.#joinQueue(ticket, outlook);
    else await this.#joinParty(ticket, wish);
  }

  async #joinQueue(ticket: Ticket, outlook: Outlook): Promise<void> {
    const joined = await joinQueue(this.#parts.valkey, ticket);
    if (joined.outcome === 'paired' || (await this.#isNotWantedAnyMore())) return;
    this.#since = joined.since;
    this.#tell({ ...outlook, waiting: joined.waiting });
    if (joined.waiting > 1) await this.#parts.wake();
  }

  async #joinParty(ticket: Ticket, wish: PartyWish): Promise<void> {
    const roomId = nanoid();
    const joined = await joinParty(this.#parts.valkey, { ...ticket, code: wish.code }, roomId, wish.holdsMs);
    switch (joined.outcome) {
      case 'paired':
        return;
      case 'made':
        return this.#parts.announce(roomId);
      case 'used':
      case 'expired':
        this.drop();
        this.#send({ type: 'ERROR', payload: wish.refusals[joined.outcome] });
        return;
      case 'queued':
        if (await this.#isNotWantedAnyMore()) return;
        this.#since = joined.since;
        this.#expiresAt = joined.expiresAt;
        this.#tell();
        this.#expire(wish);
    }
  }

  /** The player does not want to wait any more; too late when a match is on its way. */
  async leave(): Promise<void> {
    if (this.#wanted && (await this.giveUpTicket()) !== 'paired') this.drop();
  }

  /** Takes this connection's ticket back, if it has one. */
  giveUpTicket(): Promise<'left' | 'paired' | 'absent'> {
    return leaveQueue(this.#parts.valkey, this.#identity.id, this.#attendance.connection);
  }

  /** Tells a player who waits how it stands. @returns false when the player has no ticket */
  async check(outlook: Outlook): Promise<boolean> {
    if (!(await isWaiting(this.#parts.valkey, this.#identity.id))) return false;
    if (this.#wanted) this.#tell(outlook);
    return true;
  }

  /** @param outlook how the common queue stands, which is nothing to a party */
  #tell(outlook?: Outlook): void {
    const { mode, code } = this.#wish;
    const how =
      code === undefined && outlook ? this.#inQueue(outlook) : { waiting: 1, expiresAt: this.#expiresAt };
    this.#send({ type: 'QUEUED', payload: { since: this.#since, mode, ...how } });
  }

  #inQueue({ waiting, estimatedWaitMs, practice }: Outlook) {
    const { practiceAfterMs, clock } = this.#parts;
    const isAlone =
      waiting <= 1 && practiceAfterMs !== undefined && clock.now() - this.#since >= practiceAfterMs;
    return { waiting, estimatedWaitMs, practice: (isAlone && practice) || undefined };
  }

  /** From a moment on the code does not hold any more: the player is told then. */
  #expire({ refusals }: PartyWish): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(
      () => {
        this.giveUpTicket()
          .then((outcome) => {
            // The other one came at the last moment, or the player waits for something else by now.
            if (outcome !== 'left') return;
            this.drop();
            this.#send({ type: 'ERROR', payload: refusals.expired });
          })
          .catch((error: Error) => {
            // The next check finds out.
            this.#parts.log.debug(
              { player: this.#identity.id, reason: error.message },
              'could not leave a party',
            );
          });
      },
      Math.max(0, this.#expiresAt - this.#parts.clock.now()),
    );
  }

  /** Meanwhile a match has come, or the player has left: the ticket would be a ghost. */
  async #isNotWantedAnyMore(): Promise<boolean> {
    if (this.#wanted) return false;
    await this.giveUpTicket();
    return true;
  }

  async #ticket(): Promise<Ticket> {
    const { records, gatewayId, log } = this.#parts;
    const { id, name, picture } = this.#identity;
    const { connection } = this.#attendance;
    const { lastOpponent } = this;
    const ticket = { id, name, picture, gateway: gatewayId, connection, mode: this.#wish.mode, lastOpponent };
    if (id.startsWith(botIdPrefix)) return ticket;
    try {
      const record = await readRecord(records, id);
      return { ...ticket, standing: record.standing, lastOpponent: lastOpponent ?? record.lastOpponent };
    } catch (error) {
      // The game goes on without the records: such a match is not rated.
      log.debug({ player: id, reason: (error as Error).message }, 'could not read a rating');
      return ticket;
    }
  }
}
