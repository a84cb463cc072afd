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
import { readRecord } from './records.ts';
import type { SessionParts } from './session-parts.ts';
import type { PartyWish, Wish } from './wish.ts';

/** One connection's wish for an opponent, and its ticket. */
export class Waiting {
  readonly #parts: SessionParts;
  readonly #identity: Identity;
  readonly #send: (frame: ServerFrame) => void;
  /** Number of the connection, by which a ticket knows whose it is. */
  connection = 0;
  /** Whether the player wants an opponent, has a ticket already or not. */
  wanted = false;
  /** Player id of whoever the player met last by this connection; what is recorded may be a match behind. */
  lastOpponent: string | undefined;
  #wish: Wish = { mode: 'ranked' };
  /** By Valkey's clock, in ms. */
  #since = 0;
  #expiry: NodeJS.Timeout | undefined;

  constructor(parts: SessionParts, identity: Identity, send: (frame: ServerFrame) => void) {
    this.#parts = parts;
    this.#identity = identity;
    this.#send = send;
  }

  /** From now on the player waits for this, and for nothing else. The caller joins. */
  want(wish: Wish): void {
    this.#wish = wish;
    this.wanted = true;
  }

  /** Takes a place where the player wants to wait; one that the player has already is kept. */
  async join(): Promise<void> {
    const wish = this.#wish;
    const ticket = await this.#ticket();
    // Left, or asked for something else, while the record was read.
    if (!this.wanted || wish !== this.#wish) return;
    if (wish.code === undefined) await this.#joinQueue(ticket);
    else await this.#joinParty(ticket, wish);
  }

  async #joinQueue(ticket: Ticket): Promise<void> {
    const joined = await joinQueue(this.#parts.valkey, ticket);
    if (joined.outcome === 'paired' || (await this.#isNotWantedAnyMore())) return;
    this.#since = joined.since;
    const outlook = await this.#parts.outlooks.read();
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
        this.wanted = false;
        this.#send({ type: 'ERROR', payload: wish.refusals[joined.outcome] });
        return;
      case 'queued':
        if (await this.#isNotWantedAnyMore()) return;
        this.#since = joined.since;
        this.#expire(wish, joined.expiresAt);
    }
  }

  /** The player does not want to wait any more; too late when a match is on its way. */
  async leave(): Promise<void> {
    if (this.wanted) this.wanted = (await this.giveUpTicket()) === 'paired';
  }

  /** Takes this connection's ticket back, if it has one. */
  giveUpTicket(): Promise<'left' | 'paired' | 'absent'> {
    clearTimeout(this.#expiry);
    return leaveQueue(this.#parts.valkey, this.#identity.id, this.connection);
  }

  /** Tells a player who waits in the common queue how it stands. @returns false when the player has no ticket */
  async check(outlook: Outlook): Promise<boolean> {
    if (!(await isWaiting(this.#parts.valkey, this.#identity.id))) return false;
    if (this.wanted && this.#wish.code === undefined) this.#tell(outlook);
    return true;
  }

  #tell({ waiting, estimatedWaitMs, practice }: Outlook): void {
    const { practiceAfterMs, clock } = this.#parts;
    const isAlone =
      waiting <= 1 && practiceAfterMs !== undefined && clock.now() - this.#since >= practiceAfterMs;
    this.#send({
      type: 'QUEUED',
      payload: {
        since: this.#since,
        waiting,
        mode: 'ranked',
        estimatedWaitMs,
        practice: (isAlone && practice) || undefined,
      },
    });
  }

  /** Tells the player until when the code holds, and when it does not any more. */
  #expire({ mode, refusals }: PartyWish, expiresAt: number): void {
    this.#send({ type: 'QUEUED', payload: { since: this.#since, waiting: 1, mode, expiresAt } });
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(
      () => {
        this.giveUpTicket()
          .then((outcome) => {
            // The other one came at the last moment, or the player waits for something else by now.
            if (outcome !== 'left') return;
            this.wanted = false;
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
      Math.max(0, expiresAt - this.#parts.clock.now()),
    );
  }

  /** Meanwhile a match has come, or the player has left: the ticket would be a ghost. */
  async #isNotWantedAnyMore(): Promise<boolean> {
    if (this.wanted) return false;
    await this.giveUpTicket();
    return true;
  }

  async #ticket(): Promise<Ticket> {
    const { records, gatewayId, log } = this.#parts;
    const { id, name, picture } = this.#identity;
    const { connection, lastOpponent } = this;
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
