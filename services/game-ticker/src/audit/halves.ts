import type { HistoryGame } from '@overcookied/shared/api.ts';

/** Matches of which one player's entry has been seen, until the opponent's history is. */
export class Halves {
  readonly #byOpponent = new Map<string, HistoryGame[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(half: HistoryGame): void {
    const others = this.#byOpponent.get(half.opponent);
    if (others) others.push(half);
    else this.#byOpponent.set(half.opponent, [half]);
    this.#size++;
  }

  /** Takes out those that wait for this player's history. */
  take(playerId: string): HistoryGame[] {
    const halves = this.#byOpponent.get(playerId) ?? [];
    this.#byOpponent.delete(playerId);
    this.#size -= halves.length;
    return halves;
  }

  /** Ids of those who have been waited for longest, at most so many. */
  awaited(most: number): string[] {
    return this.#byOpponent.keys().take(most).toArray();
  }
}
