/** What a result is called, and how it feels. Pure. */

import type { Texts } from '../texts/texts.ts';
import type { Match } from './match.ts';

type Result = NonNullable<Match['result']>;

/** Of the cookie that both have baked. `puzzled`: the opponent has left it; `asleep`: the player has. */
export type Expression = 'proud' | 'sad' | 'shared' | 'puzzled' | 'asleep';

/** How far one is ahead of the other. */
type Margin = 'close' | 'plain' | 'clear';

export function expressionOf({ outcome, reason }: Result): Expression {
  if (outcome === 'drawn') return 'shared';
  if (reason !== undefined) return outcome === 'won' ? 'puzzled' : 'asleep';
  return outcome === 'won' ? 'proud' : 'sad';
}

/** `close`: by three points, or one in twenty; `clear`: by a third of all that the winner has. */
export function marginOf(one: number, other: number): Margin {
  const most = Math.max(one, other);
  const ahead = Math.abs(one - other);
  if (ahead <= Math.max(3, most / 20)) return 'close';
  return ahead >= most / 3 ? 'clear' : 'plain';
}

/** The sentence below the title. */
export function verdictOn({ mine, theirs }: Match, { outcome, reason }: Result, { result }: Texts): string {
  if (outcome === 'drawn') return mine.score === 0 ? result.untouched : result.drawn;
  if (reason === undefined) return result.played[outcome][marginOf(mine.score, theirs.score)];
  const early = reason === 'quit' ? result.quit : result.gone;
  return outcome === 'won' ? early.won(theirs.name) : early.lost;
}
