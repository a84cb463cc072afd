import * as z from 'zod/mini';
import { Mode } from '../protocol.ts';
import { Standing } from '../rating.ts';

const Side = z.object({
  id: z.string(),
  name: z.string(),
  picture: z.string(),
  score: z.int(),
  /** When the match began; absent when it is not known: then the match is not rated. */
  standing: z.optional(Standing),
});

/** How a match ended: all that is recorded of it, so that recording needs nothing else. */
export const MatchResult = z.object({
  roomId: z.string(),
  // A result that an older version handed in has none.
  mode: z._default(Mode, 'ranked'),
  p1: Side,
  p2: Side,
  /** A player id, or `draw`. */
  winner: z.string(),
  /** `quit`, `opponent_disconnected`, or empty when the clock ended it. */
  reason: z.string(),
  /** Ms since 1970 by Valkey's clock. */
  endedAt: z.int(),
  /** How it went, a `Recording`; looked at apart, so that nothing about it keeps a result from being recorded. */
  recording: z.optional(z.unknown()),
});
export type MatchResult = z.infer<typeof MatchResult>;
