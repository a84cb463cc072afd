/** What whoever watches a match is told: the frames of `/ws/watch/{roomId}`, beside those of players in `protocol.ts`. */
import * as z from 'zod/mini';
import { ErrorCode, Golden, Mode, points, Role, serverFrame, timestamp } from './protocol.ts';
import { Rules } from './rules.ts';

/** One of the two players, as anybody may know them. */
export const PublicSide = z.object({
  name: z.string(),
  picture: z.string(),
  /** Before this match, in points; absent for a bot, and when the ratings could not be read. */
  rating: z.optional(z.int()),
});
export type PublicSide = z.infer<typeof PublicSide>;

/** How one side of a running match stands. */
const SideState = z.object({
  score: points,
  /** End of the side's bonus; 0 when none runs. */
  bonusUntil: timestamp,
  /** The side's connection is gone, and the match lost to it if it is not back by then; 0: it is there. */
  awayUntil: timestamp,
});

/** All that changes in a match. Each frame says all of it, so that any may be left out but the latest. */
export const WatchState = z.object({
  /** Number of the match's latest event contained in this state. */
  seq: z.int(),
  /** Valkey's clock when the frame was made. */
  now: timestamp,
  p1: SideState,
  p2: SideState,
  /** The golden cookie that waits to be claimed, if any. */
  golden: z.optional(Golden),
  /** The latest golden cookie that was claimed, and by whom. */
  claimed: z.optional(z.object({ id: z.int(), by: Role })),
});
export type WatchState = z.infer<typeof WatchState>;

/** What a gateway may send to whoever watches a match (`/ws/watch/{roomId}`). They say nothing but `PING`. */
export const WatchFrame = z.discriminatedUnion('type', [
  serverFrame(
    'WATCH_START',
    z.object({
      roomId: z.string(),
      mode: Mode,
      startsAt: timestamp,
      endsAt: timestamp,
      rules: Rules,
      p1: PublicSide,
      p2: PublicSide,
      state: WatchState,
    }),
  ),
  /** Several times a second at most, and at least once a second while the match is on. */
  serverFrame('WATCH_UPDATE', WatchState),
  /** The match is over, and the socket is closed with 1000; its recording tells how it went. */
  serverFrame('WATCH_OVER', z.object({ state: WatchState })),
  serverFrame('ERROR', z.object({ code: ErrorCode, message: z.string() })),
  serverFrame('PONG', z.object({ t: z.optional(z.number()), now: timestamp })),
]);
export type WatchFrame = z.infer<typeof WatchFrame>;
