import { setTimeout as sleep } from 'node:timers/promises';
import { hold, letGo } from '@overcookied/shared/connections/gateways.ts';
import { sayGone } from '@overcookied/shared/connections/goodbye.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import type { SessionParts } from './session-parts.ts';

/** How often it is tried to say that a player is gone, in ms. */
const goneRetryMs = 500;

/** That a player is connected here, as Valkey knows it: from the connection's beginning to its end. */
export class Attendance {
  /** Number of the connection, once Valkey has given it one; every later one of the player has a higher. */
  connection = 0;
  readonly #parts: SessionParts;
  readonly #playerId: string;

  constructor(parts: SessionParts, playerId: string) {
    this.#parts = parts;
    this.#playerId = playerId;
  }

  /** The connection begins. @returns the room that the player is in, or ''. @throws Error without Valkey */
  async enter(): Promise<string> {
    const { valkey, gatewayId, takeOver } = this.#parts;
    const { connection, previousGateway, room } = await presence.enter(valkey, this.#playerId, gatewayId);
    this.connection = connection;
    // First, since it must be said even if the next call fails: two living connections would number the same clicks.
    takeOver(this.#playerId, connection, previousGateway);
    await hold(valkey, gatewayId, this.#playerId, connection);
    return room;
  }

  /** The player is still here. @returns false when a newer connection has taken over. @throws Error without Valkey */
  touch(): Promise<boolean> {
    const { valkey, gatewayId } = this.#parts;
    return presence.touch(valkey, this.#playerId, gatewayId, this.connection);
  }

  /** This gateway had been taken for dead, and forgotten. @throws Error without Valkey */
  hold(): Promise<void> {
    const { valkey, gatewayId } = this.#parts;
    return hold(valkey, gatewayId, this.#playerId, this.connection);
  }

  /**
   * The player is gone. It is said until Valkey has heard it: the queue would keep a ghost, or an opponent play
   * against nobody.
   *
   * @param giveUp the gateway cannot wait any longer
   */
  async leave(giveUp: AbortSignal): Promise<void> {
    if (this.connection === 0) return;
    while (!(await this.#sayGone()) && !giveUp.aborted) {
      await sleep(goneRetryMs, undefined, { signal: giveUp }).catch(() => {});
    }
  }

  async #sayGone(): Promise<boolean> {
    const { valkey, gatewayId, log } = this.#parts;
    try {
      await sayGone(valkey, this.#playerId, this.connection);
      await letGo(valkey, gatewayId, this.#playerId, this.connection);
      return true;
    } catch (error) {
      const reason = (error as Error).message;
      log.debug({ player: this.#playerId, reason }, 'could not say that a player is gone');
      return false;
    }
  }
}
