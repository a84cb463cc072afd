import { notify } from '@overcookied/shared/notify.ts';
import type { ClientFrame, ErrorCode, FrameOf } from '@overcookied/shared/protocol.ts';
import { ratingOf, type Ticket } from '@overcookied/shared/queue/queue.ts';
import { botIdPrefix } from '@overcookied/shared/tokens.ts';
import { findRematch } from './rematch.ts';
import type { SessionParts } from './session-parts.ts';
import type { Waiting } from './waiting.ts';
import { botCode, type Wish, wishOf } from './wish.ts';

interface AskingOptions {
  parts: SessionParts;
  playerId: string;
  waiting: Waiting;
  /** Whether the player is in no room, as far as is known here. */
  isFree(): boolean;
  refuse(code: ErrorCode, message: string): void;
}

/** What a player asks for who wants an opponent, and what else that sets going. */
export class Asking {
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /** `JOIN_QUEUE`. @throws Error without Valkey */
  async join(payload: FrameOf<ClientFrame, 'JOIN_QUEUE'>['payload']): Promise<void> {
    const { parts, playerId, waiting, refuse } = this.#options;
    const isBot = playerId.startsWith(botIdPrefix);
    const wish = wishOf(payload, isBot);
    if (isBot && wish.mode !== 'practice') {
      refuse('no_practice', 'a bot only practises: send mode "practice" and the code it was given');
      return;
    }
    const code = botCode(wish);
    if (isBot || !code) {
      await this.#want(wish);
      return;
    }
    // Asked for again while the bot is on its way: one is enough.
    if (waiting.wish && botCode(waiting.wish)) {
      await this.#want(waiting.wish);
      return;
    }
    // Otherwise one client could have all the bots in a moment.
    if (!waiting.isOffered) {
      await waiting.leave();
      refuse('no_practice', 'no bot has been offered to you: QUEUED says practice when one is');
      return;
    }
    const ticket = await this.#want(wish);
    if (ticket) await parts.summonBot({ code, rating: ratingOf(ticket) });
  }

  /** `REMATCH`. @throws Error without Valkey */
  async rematch(): Promise<void> {
    const { parts, playerId, waiting, refuse } = this.#options;
    const rematch = await findRematch(parts, playerId);
    // Asked for twice: the match has been made, and the notice of it is on its way.
    if (!rematch) return;
    if (typeof rematch === 'string') {
      // It was meant to take the place of any other wait.
      await waiting.leave();
      refuse('no_rematch', rematch);
      return;
    }
    const { wish, gateway, opponent, roomId } = rematch;
    // If the opponent has asked as well the match is on its way.
    if (!(await this.#want(wish))) return;
    await notify(parts.valkey, gateway, { type: 'rematch', playerId: opponent, roomId, by: playerId });
  }

  /** @returns the ticket, if the player waits now */
  async #want(wish: Wish): Promise<Ticket | undefined> {
    const { waiting, isFree } = this.#options;
    waiting.want(wish);
    // What becomes of a room is not known yet; if it is over or gone, the next check of the queue joins.
    return isFree() ? waiting.join() : undefined;
  }
}
