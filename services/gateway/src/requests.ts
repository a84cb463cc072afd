import type { ClientFrame, ErrorCode } from '@overcookied/shared/protocol.ts';
import type { Asking } from './asking.ts';
import type { Play } from './play.ts';
import type { SessionParts } from './session-parts.ts';
import type { Turns } from './turns.ts';

/** What a client asks for, one after the other. */
type Request = Exclude<ClientFrame, { type: 'PING' }>;

interface RequestParts {
  parts: SessionParts;
  playerId: string;
  turns: Turns;
  asking: Asking;
  /** Whether the player is connected, as Valkey knows. */
  isIn: () => boolean;
  /** The match that the player is in. */
  play: () => Play | undefined;
  leaveQueue: () => Promise<void>;
  refuse: (code: ErrorCode, message: string) => void;
}

/** Does what a player asks for, in the order in which it was asked, or says why not. */
export class Requests {
  readonly #parts: RequestParts;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  ask(request: Request): void {
    const { turns, isIn, refuse } = this.#parts;
    const isAsked = turns.ask(
      async () => {
        if (isIn()) await this.#handle(request);
      },
      (error) => this.#unavailable(error),
    );
    if (!isAsked) refuse('busy', 'too many requests are under way');
  }

  async #handle(request: Request): Promise<void> {
    const { asking, leaveQueue } = this.#parts;
    const play = this.#parts.play();
    switch (request.type) {
      case 'JOIN_QUEUE':
        return play ? this.#refuseInside('join') : asking.join(request.payload);
      case 'REMATCH':
        return play ? this.#refuseInside('rematch') : asking.rematch();
      case 'LEAVE_QUEUE':
        return leaveQueue();
      case 'CLICK':
        // It came while the match was not known yet.
        return play ? play.click(request.payload) : this.#refuseOutside('click');
      case 'COOKIE_CLICK':
        return play ? play.claim(request.payload.id) : this.#refuseOutside('claim');
      case 'QUIT_GAME':
        return play ? play.quit() : this.#refuseOutside('quit');
    }
  }

  #refuseInside(action: string): void {
    this.#parts.parts.outcomes.add(action, 'already_in_match');
    this.#parts.refuse('already_in_match', 'you are in a match: play it, or quit it first');
  }

  #refuseOutside(action: string): void {
    this.#parts.parts.outcomes.add(action, 'not_in_match');
    this.#parts.refuse('not_in_match', 'you are not in a match: send JOIN_QUEUE first');
  }

  #unavailable(error: Error): void {
    const { parts, playerId, refuse } = this.#parts;
    // Not a warning: the connection has given one, and players ask on.
    parts.log.debug({ player: playerId, reason: error.message }, 'not done what a player asked');
    refuse('unavailable', 'the server cannot do that just now: try again');
  }
}
