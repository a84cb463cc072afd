import type { GameStart } from '@overcookied/shared/protocol.ts';
import { Match } from './match.ts';

/** Whoever has been connected for this long has been told of their match. */
const untoldAfterMs = 2_000;

/** The matches of this process's players, each for as long as one of them is in it. */
export class Matches {
  /** For how long each has been connected, in ms. */
  readonly #players = new Map<string, () => number>();
  readonly #matches = new Map<string, { match: Match; inIt: Set<string>; told: Set<string> }>();
  /** Which match each player is in, or will soon be told of. */
  readonly #matchOf = new Map<string, string>();

  /** How many are going on. */
  get size(): number {
    return this.#matches.size;
  }

  /** @param connectedMs for how long the player has been connected, 0 for not at all */
  addPlayer(id: string, connectedMs: () => number): void {
    this.#players.set(id, connectedMs);
  }

  removePlayer(id: string): void {
    this.#players.delete(id);
    this.leave(id);
  }

  /** @returns the match, and whether this player is the first who is told of it */
  enter(id: string, start: GameStart): { match: Match; first: boolean } {
    const { roomId, opponent } = start;
    if (this.#matchOf.get(id) !== roomId) this.leave(id);
    const known = this.#matches.get(roomId);
    if (known) {
      known.inIt.add(id);
      known.told.add(id);
      this.#matchOf.set(id, roomId);
      return { match: known.match, first: false };
    }
    const inIt = new Set([id]);
    // An opponent who has another match still is not waited for.
    if (this.#players.has(opponent) && !this.#matchOf.has(opponent)) inIt.add(opponent);
    const match = new Match(start, this.#players.has(opponent));
    this.#matches.set(roomId, { match, inIt, told: new Set([id]) });
    for (const player of inIt) this.#matchOf.set(player, roomId);
    return { match, first: true };
  }

  /** Whether a player of this process was never told of the match, although connected. */
  isUntold(roomId: string, id: string): boolean {
    const told = this.#matches.get(roomId)?.told;
    return told !== undefined && !told.has(id) && (this.#players.get(id)?.() ?? 0) > untoldAfterMs;
  }

  /** The player is done with the match; it is forgotten when all are. */
  leave(id: string): void {
    const roomId = this.#matchOf.get(id);
    if (roomId === undefined) return;
    this.#matchOf.delete(id);
    const known = this.#matches.get(roomId);
    known?.inIt.delete(id);
    if (known?.inIt.size === 0) this.#matches.delete(roomId);
  }
}
