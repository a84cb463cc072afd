import type { Role } from '@overcookied/shared/protocol.ts';
import type { WebSocket } from 'ws';

/** Where somebody plays. Two with different roles play the same match. */
export interface Seat {
  match: string;
  role: Role;
  /** By which this system's gateways know the player; peers ask for none. */
  token?: string;
}

/** What is called when a player sees clicks of the opponent for the first time: those numbered `from + 1 … to`. */
export type See = (from: number, to: number) => void;

/** One who clicks, and what has been told to that player. */
export class Player {
  readonly seat: Seat;
  /** Of the server's processes, the one of the latest connection, or of the attempt at one. */
  server: number;
  socket: WebSocket | undefined;
  /** Whether the connection may be used. */
  isConnected = false;
  /** Whether the match is on. */
  isOn = false;
  /** How many clicks this player has made. */
  sent = 0;
  /** How many of them are in the score, as this player was told last; undefined where no score is kept. */
  counted: number | undefined;
  /** Whether what was in the score when the connection was lost still was when this player came back. */
  hasKept = true;
  /** How both stood when the connection was lost. */
  whenLost = { sent: 0, counted: 0 };
  /** How many of the opponent's clicks this player has seen. */
  seen = 0;
  readonly #see: See;

  constructor(seat: Seat, server: number, see: See) {
    this.seat = seat;
    this.server = server;
    this.#see = see;
  }

  /** The connection is lost. */
  lose(): void {
    const { sent, counted = 0 } = this;
    this.isConnected = false;
    this.isOn = false;
    this.whenLost = { sent, counted };
    this.counted = undefined;
  }

  /** The match is on again. */
  comeBack(): void {
    this.hasKept &&= this.counted !== undefined && this.counted >= this.whenLost.counted;
  }

  /** The opponent's clicks numbered `from + 1 … to` have arrived. */
  see(from: number, to: number): void {
    this.seen += to - from;
    this.#see(from, to);
  }
}
