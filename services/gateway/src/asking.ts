import { notify } from '@overcookied/shared/notify.ts';
import type { ClientFrame, ErrorCode, FrameOf } from '@overcookied/shared/protocol.ts';
import { ratingOf, type Ticket } from '@overcookied/shared/queue/queue.ts';
import { botIdPrefix } from '@overcookied/shared/tokens.ts';
import { type Traceparent, traced } from '@overcookied/shared/tracing/tracing.ts';
import { findRematch } from './rematch.ts';
import type { SessionParts } from './session-parts.ts';
import type { Waiting } from './waiting.ts';
import { botCode, type Wish, wishOf } from './wish.ts';

/** However often a client asks, the log has one line of it in so many ms. */
const lineEveryMs = 1_000;

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
  #toldAt = Number.NEGATIVE_INFINITY;
  /** When the latest bot was sent for that has not been met, in ms by `performance.now()`. */
  #summonedAt = Number.NEGATIVE_INFINITY;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /** `JOIN_QUEUE`. @throws Error without Valkey */
  async join(payload: FrameOf<ClientFrame, 'JOIN_QUEUE'>['payload']): Promise<void> {
    const { parts, playerId } = this.#options;
    const wish = wishOf(payload, playerId.startsWith(botIdPrefix));
    try {
      await this.#traced('JOIN_QUEUE', (trace) => this.#join(wish, trace));
    } catch (error) {
      parts.joins.inc({ mode: wish.mode, outcome: 'failed' });
      throw error;
    }
  }

  async #join(wish: Wish, trace: Traceparent | undefined): Promise<void> {
    const { parts, playerId, waiting } = this.#options;
    const isBot = playerId.startsWith(botIdPrefix);
    if (isBot && wish.mode !== 'practice') {
      this.#refuse(wish, 'a bot only practises: send mode "practice" and the code it was given');
      return;
    }
    const code = botCode(wish);
    if (isBot || !code) {
      await this.#want(wish, trace);
      return;
    }
    // Asked for again while the bot is on its way: one is enough.
    if (waiting.wish && botCode(waiting.wish)) {
      await this.#want(waiting.wish, trace);
      return;
    }
    if (!waiting.isOffered && !(await this.#isOfferedInLobby())) {
      await waiting.leave();
      this.#refuse(
        wish,
        'no bot is offered to you: QUEUED says practice when one is, and so does /api/lobby',
      );
      return;
    }
    const ticket = await this.#want(wish, trace);
    if (!ticket) return;
    await parts.summonBot({ code, rating: ratingOf(ticket) });
    this.#summonedAt = performance.now();
  }

  /** A match has begun. */
  met(opponent: string): void {
    if (opponent.startsWith(botIdPrefix)) this.#summonedAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * The lobby says whether there is a bot; but a client that leaves before its bot is there must not have one after the
   * other wait for nobody.
   */
  async #isOfferedInLobby(): Promise<boolean> {
    const { practiceAfterMs, outlooks } = this.#options.parts;
    const isUnmet = performance.now() - this.#summonedAt < (practiceAfterMs ?? 0);
    if (practiceAfterMs === undefined || isUnmet) return false;
    return (await outlooks.read()).practice;
  }

  /** `REMATCH`. @throws Error without Valkey */
  rematch(): Promise<void> {
    return this.#traced('REMATCH', (trace) => this.#rematch(trace));
  }

  async #rematch(trace: Traceparent | undefined): Promise<void> {
    const { parts, playerId, waiting, refuse } = this.#options;
    const rematch = await findRematch(parts, playerId);
    // Asked for twice: the match has been made, and the notice of it is on its way.
    if (!rematch) return;
    if (typeof rematch === 'string') {
      // It was meant to take the place of any other wait.
      await waiting.leave();
      parts.outcomes.add('rematch', 'no_rematch');
      refuse('no_rematch', rematch);
      return;
    }
    const { wish, gateway, opponent, roomId } = rematch;
    // If the opponent has asked as well the match is on its way.
    if (!(await this.#want(wish, trace))) return;
    await notify(parts.valkey, gateway, { type: 'rematch', playerId: opponent, roomId, by: playerId });
  }

  /** @returns the ticket, if the player waits now */
  async #want(wish: Wish, trace: Traceparent | undefined): Promise<Ticket | undefined> {
    const { waiting, isFree } = this.#options;
    waiting.want(wish, trace);
    this.#tellWish(wish);
    // What becomes of a room is not known yet; if it is over or gone, the next check of the queue joins.
    return isFree() ? waiting.join() : undefined;
  }

  #refuse({ mode }: Wish, message: string): void {
    this.#options.parts.joins.inc({ mode, outcome: 'refused' });
    this.#options.refuse('no_practice', message);
  }

  #tellWish({ mode }: Wish): void {
    const now = performance.now();
    if (now - this.#toldAt < lineEveryMs) return;
    this.#toldAt = now;
    const { parts, playerId } = this.#options;
    parts.log.info({ player: playerId, mode }, 'player joined');
  }

  /** With this a trace begins, which ends with `GAME_START`. */
  #traced(name: string, work: (trace: Traceparent | undefined) => Promise<void>): Promise<void> {
    const step = { name, kind: 'server', isFirst: true, player: this.#options.playerId } as const;
    return traced(step, (span) => work(span.traceparent));
  }
}
