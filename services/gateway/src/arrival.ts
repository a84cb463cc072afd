import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import { beginSpan, type OpenSpan, type Traceparent } from '@overcookied/shared/tracing/tracing.ts';
import type { SessionParts } from './session-parts.ts';

/** How a player has come into a match. */
interface Way {
  room: string;
  player: string;
  /** Whether the player had been told of the match before. */
  resumed: boolean;
  /** Where the trace of the player's wish for an opponent was left off. */
  from?: Traceparent | undefined;
}

/** A player's way from when this gateway hears of a match to when the player is told, as an operator follows it. */
export class Arrival {
  readonly #parts: Pick<SessionParts, 'log' | 'resumes'>;
  readonly #way: Way;
  readonly #span: OpenSpan | undefined;
  #isOver = false;

  constructor(parts: Pick<SessionParts, 'log' | 'resumes'>, way: Way) {
    const { from, room, player, resumed } = way;
    this.#parts = parts;
    this.#way = way;
    // Whoever comes back has had theirs.
    if (!resumed) this.#span = beginSpan({ name: 'GAME_START', kind: 'consumer', from, room, player });
  }

  /** The player has been told, and plays. */
  started(role: Role, { mode }: MatchState): void {
    const { room, player, resumed } = this.#way;
    const text = resumed ? 'player is back' : 'match started';
    this.#parts.log.info({ room, player, role, mode }, text);
    this.#end('resumed');
  }

  /** The match was over, and the player has been told. Does nothing after the player has played. */
  over(): void {
    this.#end('over');
  }

  /** There is no such match, not yet or not any more. */
  notFound(): void {
    this.#end('not_found', new Error('there is no such match'));
  }

  #end(outcome: string, error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#way.resumed) this.#parts.resumes.inc({ outcome });
    this.#span?.end(error);
  }
}
