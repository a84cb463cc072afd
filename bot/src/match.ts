import type { FrameOf, GameStart, Role, ServerFrame } from '@overcookied/shared/protocol.ts';

type GameOver = FrameOf<ServerFrame, 'GAME_OVER'>['payload'];

/** How far the estimate of the server's clock may be off, in ms. */
const clockErrorMs = 100;

/**
 * A match as this process sees it, be it one of its players or both: whether both are told the same, and how
 * long a click of the one takes to the other.
 */
export class Match {
  readonly roomId: string;
  /** Golden cookies spawned, as far as told. */
  golden = 0;
  readonly #start: GameStart;
  /** When each click was made that the other side has not been told of, in order; none where nobody looks. */
  readonly #inFlight: Record<Role, number[] | undefined>;
  #told: string | undefined;

  /**
   * @param start as either player was told
   * @param bothHere whether both players are in this process: else there is nothing to measure
   */
  constructor(start: GameStart, bothHere: boolean) {
    this.roomId = start.roomId;
    this.#start = start;
    this.#inFlight = bothHere ? { p1: [], p2: [] } : { p1: undefined, p2: undefined };
  }

  /** For messages: the room, and who plays in it. */
  get label(): string {
    return `room ${this.roomId}, ${this.#start.p1Name} (p1) against ${this.#start.p2Name} (p2)`;
  }

  /** @param at time of the click, in ms by any clock that `seen` is given as well */
  clicked(role: Role, at: number): void {
    this.#inFlight[role]?.push(at);
  }

  /**
   * A player was told of so many clicks of the other: the oldest not told of before.
   *
   * @returns how long each of them took, in ms
   */
  seen(role: Role, count: number, at: number): number[] {
    return (this.#inFlight[other(role)]?.splice(0, count) ?? []).map((clickedAt) => at - clickedAt);
  }

  /** A player missed some of the other's clicks: from now on nobody knows which one a frame means. */
  missed(role: Role): void {
    this.#inFlight[other(role)] = undefined;
  }

  /**
   * A player is told of the end.
   *
   * @param playerId of whoever is told
   * @param now by the server's clock, in ms
   * @returns `first`: nobody was told before; `wrong`: which promises that breaks
   */
  over(playerId: string, over: GameOver, now: number): { first: boolean; wrong: string[] } {
    const { winner, reason, p1Score, p2Score } = over;
    const told = `winner ${winner}, ${p1Score}:${p2Score}, ${reason ?? 'time up'}`;
    const before = this.#told;
    this.#told ??= told;
    const wrong: string[] = [];
    if (before !== undefined && before !== told) wrong.push(`one was told "${before}", the other "${told}"`);
    const { role, opponent, endsAt } = this.#start;
    // The start may be the one that the other player was told.
    const known = this.#players(role, opponent, playerId);
    const leader = p1Score === p2Score ? 'draw' : p1Score > p2Score ? known.p1 : known.p2;
    if (!reason && leader && winner !== leader)
      wrong.push(`the winner of ${p1Score}:${p2Score} is ${winner}`);
    if (!reason && now < endsAt - clockErrorMs) wrong.push(`over ${Math.round(endsAt - now)} ms too early`);
    return { first: before === undefined, wrong };
  }

  /** Ids, as far as known: a start tells its receiver's role and the opponent's id. */
  #players(role: Role, opponent: string, playerId: string): Partial<Record<Role, string>> {
    const players: Partial<Record<Role, string>> = { [other(role)]: opponent };
    if (playerId !== opponent) players[role] = playerId;
    return players;
  }
}

const other = (role: Role): Role => (role === 'p1' ? 'p2' : 'p1');
