import type { ServerFrame } from '@overcookied/shared/protocol.ts';
import { joinQueue, leaveQueue, queueStatus } from '@overcookied/shared/queue/queue.ts';
import type { SessionParts } from './session-parts.ts';
import type { Identity } from './tokens.ts';

/** One connection's wish for an opponent, and its ticket in the queue. */
export class Waiting {
  readonly #parts: SessionParts;
  readonly #identity: Identity;
  readonly #send: (frame: ServerFrame) => void;
  /** Number of the connection, by which a ticket knows whose it is. */
  connection = 0;
  /** Whether the player wants an opponent, in the queue already or not. */
  wanted = false;

  constructor(parts: SessionParts, identity: Identity, send: (frame: ServerFrame) => void) {
    this.#parts = parts;
    this.#identity = identity;
    this.#send = send;
  }

  /** Takes a place in the queue; one that the player has already is kept. */
  async join(): Promise<void> {
    const { valkey, gatewayId, wake } = this.#parts;
    const { id, name, picture } = this.#identity;
    const ticket = { id, name, picture, gateway: gatewayId, connection: this.connection };
    const joined = await joinQueue(valkey, ticket);
    if (joined.outcome === 'paired') return;
    // Meanwhile a match has come, or the player has left: the ticket would be a ghost.
    if (!this.wanted) {
      await this.giveUpTicket();
      return;
    }
    this.#send({ type: 'QUEUED', payload: { since: joined.since, waiting: joined.waiting } });
    if (joined.waiting > 1) await wake();
  }

  /** The player does not want to wait any more; too late when a match is on its way. */
  async leave(): Promise<void> {
    if (this.wanted) this.wanted = (await this.giveUpTicket()) === 'paired';
  }

  /** Takes this connection's ticket out of the queue, if it is there. */
  giveUpTicket(): Promise<'left' | 'paired' | 'absent'> {
    return leaveQueue(this.#parts.valkey, this.#identity.id, this.connection);
  }

  /** Tells the player how many wait. @returns false when the player is not in the queue */
  async tell(): Promise<boolean> {
    const { since, waiting } = await queueStatus(this.#parts.valkey, this.#identity.id);
    if (since === undefined) return false;
    if (this.wanted) this.#send({ type: 'QUEUED', payload: { since, waiting } });
    return true;
  }
}
