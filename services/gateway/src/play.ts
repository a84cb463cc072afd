import { askForClock } from '@overcookied/shared/match/due.ts';
import {
  type Counted,
  claim,
  quit,
  type Refusal,
  type Seat,
  takeSeat,
} from '@overcookied/shared/match/match.ts';
import type { ClientFrame, ErrorCode, FrameOf } from '@overcookied/shared/protocol.ts';
import { ClickBatch } from './click-batch.ts';
import type { SessionParts } from './session-parts.ts';
import type { Socket } from './socket.ts';

const seatRetryMs = 250;
/** How long a player who quits or is gone waits at most for their clicks to be counted, in ms. */
const settleMs = 1_000;

/** What a client is told when something was understood but not done. */
const refusalText: Record<Refusal | 'too_fast' | 'too_many_gaps' | 'seq_jump', string> = {
  not_in_match: 'you are not in this match',
  not_started: 'the match has not begun: it begins at startsAt, by the clock of PONG',
  match_over: 'the match is over',
  no_golden_cookie: 'that golden cookie is gone',
  too_many_gaps: 'too many numbers are missing before these clicks: send those first, then these again',
  seq_jump:
    'more clicks are missing before these than anybody can have made: number them from ack on, one by one',
  too_fast: 'clicks faster than the rules allow do not count: see clickRate and clickBurst in rules',
};

/** One player's part in one match, by one connection: what they do in it goes to Valkey. */
export class Play {
  readonly #parts: SessionParts;
  readonly #seat: Seat;
  readonly #connection: number;
  readonly #socket: Socket;
  readonly #clicks: ClickBatch;
  #closed = false;

  /** @param connection number of the player's connection */
  constructor(parts: SessionParts, seat: Seat, connection: number, socket: Socket) {
    this.#parts = parts;
    this.#seat = seat;
    this.#connection = connection;
    this.#socket = socket;
    this.#clicks = new ClickBatch(
      (range, done) =>
        parts.clicks.count(seat, range, (error, counted) => {
          if (counted) this.#tell(counted);
          done(error);
        }),
      (error) => {
        parts.log.debug(
          { player: seat.playerId, room: seat.roomId, reason: error.message },
          'clicks not counted yet',
        );
        socket.refuse('unavailable', 'the server cannot count clicks just now');
      },
    );
    this.takeSeat();
  }

  /** Says that the player is there, until Valkey has heard it. */
  takeSeat(): void {
    void this.#takeSeat();
  }

  click(payload: FrameOf<ClientFrame, 'CLICK'>['payload']): void {
    if (!this.#clicks.add(payload)) this.#socket.refuse('busy', 'too many clicks are under way');
  }

  async claim(goldenId: number | undefined): Promise<void> {
    const outcome = await claim(this.#parts.valkey, this.#seat, goldenId);
    this.#parts.outcomes.add('claim', outcome);
    if (outcome !== 'ok') this.#refuse(outcome);
  }

  async quit(): Promise<void> {
    const { valkey } = this.#parts;
    // What was clicked before counts: it may still wait behind a call that is under way.
    await this.settled();
    const outcome = await quit(valkey, this.#seat);
    this.#parts.outcomes.add('quit', outcome);
    if (outcome !== 'ok') this.#refuse(outcome);
    // A ticker records the result, and should not wait for the next golden cookie to look.
    else await askForClock(valkey, this.#seat.roomId);
  }

  /** Resolves when all that the player has clicked is counted, or has had the time to be. */
  settled(): Promise<void> {
    return this.#clicks.settled(settleMs);
  }

  /** The player does nothing more here: the match is over, or the connection is gone. */
  close(): void {
    this.#closed = true;
    this.#clicks.close();
  }

  #tell({ outcome, ack, counted, dropped }: Counted): void {
    const { outcomes } = this.#parts;
    if (counted) outcomes.add('click', 'ok', counted);
    if (dropped) {
      outcomes.add('click', 'too_fast', dropped);
      this.#refuse('too_fast');
    }
    if (outcome !== 'ok') {
      outcomes.add('click', outcome);
      this.#refuse(outcome);
      // What to number from: the client has it wrong.
      if (outcome === 'seq_jump' || outcome === 'too_many_gaps')
        this.#socket.send({ type: 'UPDATE', payload: { ack } });
    } else if (counted === 0) {
      // Nothing changed, so no event tells: the client sent again what had been counted.
      this.#socket.send({ type: 'UPDATE', payload: { ack } });
    }
  }

  /** Until Valkey knows that the player is here, they would lose by being away. */
  async #takeSeat(): Promise<void> {
    const { valkey, log } = this.#parts;
    const { playerId, roomId } = this.#seat;
    try {
      if (await takeSeat(valkey, this.#seat, this.#connection)) await askForClock(valkey, roomId);
    } catch (error) {
      log.debug(
        { player: playerId, room: roomId, reason: (error as Error).message },
        'could not take a seat',
      );
      setTimeout(() => {
        if (!this.#closed) void this.#takeSeat();
      }, seatRetryMs);
    }
  }

  #refuse(code: keyof typeof refusalText & ErrorCode): void {
    this.#socket.refuse(code, refusalText[code]);
  }
}
