import type { Half } from './matches.ts';

/** Brings the two halves of each match together, in whatever order they come. */
export class Halves {
  readonly #waiting = new Map<string, Half>();

  get waiting(): number {
    return this.#waiting.size;
  }

  /** @returns both halves, if they do not agree */
  add(half: Half): Half[] {
    const other = this.#waiting.get(half.gameId);
    // A player may come twice.
    if (other?.player === half.player) return [];
    if (!other) {
      this.#waiting.set(half.gameId, half);
      return [];
    }
    this.#waiting.delete(half.gameId);
    const agree =
      other.facts === half.facts && other.opponent === half.player && half.opponent === other.player;
    return agree ? [] : [half, other];
  }

  /** Takes those out that have waited longest, by the opponent who ought to have the other half. */
  take(most: number): Map<string, Half[]> {
    const byOpponent = new Map<string, Half[]>();
    for (const half of this.#waiting.values()) {
      if (most-- <= 0) break;
      this.#waiting.delete(half.gameId);
      const group = byOpponent.get(half.opponent);
      if (group) group.push(half);
      else byOpponent.set(half.opponent, [half]);
    }
    return byOpponent;
  }
}
