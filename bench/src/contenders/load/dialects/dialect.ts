import type { Player, Seat } from '../player.ts';

export type Frame = string | Uint8Array;

/**
 * How players talk to one contender: as little is read of what they are told as tells which clicks arrived, so that
 * the load costs much the same whatever is measured.
 */
export interface Dialect {
  /**
   * Where a player's WebSocket goes.
   *
   * @param server of a process, as in `127.0.0.1:8080`
   * @param isBack whether the player was in the match before
   * @throws Error when the server refuses
   */
  address(server: string, seat: Seat, isBack: boolean): string | Promise<string>;
  /** Whether a connection may be used only when a frame has said so. */
  saysWhenConnected?: boolean;
  /** What a player who is connected says to be in the match; undefined where somebody else sees to that. */
  join?(seat: Seat): Frame;
  /** A player's click number `seq`, the first being 1. */
  click(seq: number): Frame;
  /**
   * Notes what a frame tells a player.
   *
   * @returns what has to be answered, if anything
   */
  hear(data: Buffer, player: Player): Frame | undefined;
  /** How long after a connection was lost the client of this contender tries the next, in ms. */
  backAfterMs: number;
  /** What that client says of clicks that may not have arrived, when it is back in the match. */
  catchUp(player: Player): Frame[];
  /** What a player says who leaves for good, where a mere end of the connection would look like a break. */
  goodbye?: Frame;
}

/** The number behind a name in a JSON text; undefined when the name is not there. */
export function numberAfter(text: string, name: string): number | undefined {
  const at = text.indexOf(name);
  return at < 0 ? undefined : Number.parseInt(text.slice(at + name.length, at + name.length + 16), 10);
}
