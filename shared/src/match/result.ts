import * as z from 'zod/mini';

const Side = z.object({ id: z.string(), name: z.string(), picture: z.string(), score: z.int() });

/** How a match ended: all that is recorded of it, so that recording needs nothing else. */
export const MatchResult = z.object({
  roomId: z.string(),
  p1: Side,
  p2: Side,
  /** A player id, or `draw`. */
  winner: z.string(),
  /** `quit`, `opponent_disconnected`, or empty when the clock ended it. */
  reason: z.string(),
  /** Ms since 1970 by Valkey's clock. */
  endedAt: z.int(),
});
export type MatchResult = z.infer<typeof MatchResult>;
