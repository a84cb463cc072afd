import type { Connection, Page, Refusal, Sitting, Wait } from './history.ts';
import { now } from './history.ts';

/** `GAME_START`, as far as it is written down. */
interface StartPayload {
  roomId: string;
  role: 'p1' | 'p2';
  opponent: string;
  startsAt: number;
  endsAt: number;
  ack: number;
  resumed: boolean;
}

/** `GAME_OVER`, as far as it is written down. */
interface OverPayload {
  winner: string;
  reason?: string | undefined;
  p1Score: number;
  p2Score: number;
}

/** Writes down what the players see, in little room. */
export class Recorder {
  readonly connections: Connection[] = [];
  readonly sittings: Sitting[] = [];
  readonly refusals: Refusal[] = [];
  readonly waits: Wait[] = [];
  readonly #pages = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  /** By player and room. */
  readonly #bySeat = new Map<string, Sitting>();

  readonly #newRoom: (sitting: Sitting) => void;

  /** @param newRoom is told of the first and perhaps of a second sitting in every room */
  constructor(newRoom: (sitting: Sitting) => void) {
    this.#newRoom = newRoom;
  }

  /** A player opens a page. @returns its number */
  page(player: string): number {
    const page = (this.#pages.get(player) ?? 0) + 1;
    this.#pages.set(player, page);
    return page;
  }

  /** A player's page begins to connect. */
  connect(player: string, page: number, gateway: string): Connection {
    const number = (this.#numbers.get(player) ?? 0) + 1;
    this.#numbers.set(player, number);
    const connection: Connection = {
      ...{ player, number, page, gateway, beganAt: now() },
      ...{ openAt: 0, closedAt: Number.POSITIVE_INFINITY, code: 0 },
    };
    this.connections.push(connection);
    return connection;
  }

  start({ player, number }: Connection, payload: StartPayload): Sitting {
    const { roomId, role, opponent, startsAt, endsAt, ack, resumed } = payload;
    const seat = `${player} ${roomId}`;
    let sitting = this.#bySeat.get(seat);
    if (!sitting) {
      sitting = {
        ...{ player, room: roomId, role, opponent, startsAt, endsAt, claims: 0, quitAt: 0 },
        ...{ starts: [], overs: [], acks: [], pages: [], spawns: [] },
      };
      this.#bySeat.set(seat, sitting);
      this.sittings.push(sitting);
      this.#newRoom(sitting);
    }
    sitting.starts.push({ at: now(), connection: number, ack, resumed });
    this.ack(sitting, number, ack);
    return sitting;
  }

  over(sitting: Sitting, connection: number, { winner, reason = '', p1Score, p2Score }: OverPayload): void {
    sitting.overs.push({ at: now(), connection, winner, reason, p1Score, p2Score });
  }

  ack(sitting: Sitting, connection: number, ack: number): void {
    if (ack > (sitting.acks.at(-1)?.ack ?? 0)) sitting.acks.push({ at: now(), connection, ack });
  }

  /** @param connection 0 when there is none */
  click(page: Page, connection: number): void {
    page.made.push(now());
    page.on.push(connection);
  }

  /** A player asks for a match in the common queue. @returns the wait, whose end is to be written down */
  wait({ player, number: connection }: Connection): Wait {
    const wait = { player, connection, from: now(), until: Number.POSITIVE_INFINITY };
    this.waits.push(wait);
    return wait;
  }

  refusal({ player, number: connection }: Connection, code: string): void {
    this.refusals.push({ at: now(), player, connection, code });
  }
}
