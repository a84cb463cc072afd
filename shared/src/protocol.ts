/**
 * The WebSocket protocol, version 1: every frame that either side sends, as schemas from which the types
 * are inferred. The gateway, the client, the bot and the tests all use this one module.
 *
 * A frame is JSON text, `{ "type": …, "payload": … }`. `docs/protocol.md` tells it in words.
 */
import * as z from 'zod/mini';
import { Rules } from './rules.ts';

/** A client's frame may be this long, in bytes; a longer one closes the connection with 1009. */
export const maxFrameBytes = 512;

/** Clicks that one frame may stand for: more than anyone makes while cut off from a match. */
export const mostClicks = 10_000;

/** Highest number that a click may have. */
export const highestSeq = 1_000_000_000;

/** So many bad frames within a minute close the connection with 1008. */
export const badFramesPerMinute = 20;

/** Why a connection was closed. Codes from 4000 are ours, the others are those of RFC 6455. */
export const closeCode = {
  normal: 1000,
  policyViolation: 1008,
  tooBig: 1009,
  internalError: 1011,
  /** The gateway is going away: come back at once, with jitter. */
  serviceRestart: 1012,
  tryAgainLater: 1013,
  /** A newer connection of the same player took over. */
  takenOver: 4001,
  /** The token is missing, wrong or expired. */
  unauthorized: 4003,
  /** This client reads too slowly. */
  slowConsumer: 4008,
  tooManyConnections: 4029,
} as const;

/** A client reconnects on these close codes and on no other. 1006 is a connection that broke. */
export const reconnectCodes: ReadonlySet<number> = new Set([1006, 1011, 1012, 1013]);

/** Which side of the match a player is on; `p1` joined the queue first. */
export const Role = z.enum(['p1', 'p2']);
export type Role = z.infer<typeof Role>;

/** How two came together: out of the common queue, by an invitation, or a player and a practice bot. */
export const Mode = z.enum(['ranked', 'private', 'practice']);
export type Mode = z.infer<typeof Mode>;

/** An invitation holds for so long from when the first of the two uses it, in ms. */
export const invitationMs = 600_000;
/** How long after a match its players may agree on another one, in ms. */
export const rematchMs = 30_000;

const empty = z.object({});
/** What two players share to meet each other. */
const Code = z.string().check(z.regex(/^[\w-]{4,64}$/, 'must be 4 to 64 letters, digits, - or _'));
export const points = z.int().check(z.gte(0));
/** Milliseconds since 1970 by Valkey's clock. */
export const timestamp = z.int();

/** An absent payload is an empty one: `{"type":"JOIN_QUEUE"}` is what a person types by hand. */
const clientFrame = <const T extends string, P extends z.core.$ZodShape>(
  type: T,
  payload: z.ZodMiniObject<P>,
) => z.object({ type: z.literal(type), payload: z.prefault(payload, {} as never) });

export const serverFrame = <const T extends string, P extends z.ZodMiniType>(type: T, payload: P) =>
  z.object({ type: z.literal(type), payload });

/** What a client may send. */
export const ClientFrame = z.discriminatedUnion('type', [
  /**
   * Wait for an opponent: whoever fits (`ranked`), whoever comes with the same `code` (`private`), or a practice
   * bot (`practice`; its `code` is for the bot alone).
   */
  clientFrame(
    'JOIN_QUEUE',
    z.object({ mode: z._default(Mode, 'ranked'), code: z.optional(Code) }).check(
      z.refine(({ mode, code }) => mode !== 'private' || code !== undefined, {
        path: ['code'],
        message: 'must be there when mode is "private": the text that both players share',
      }),
    ),
  ),
  /** Stop waiting. */
  clientFrame('LEAVE_QUEUE', empty),
  /**
   * With `seq`: the clicks numbered `seq-count+1 … seq` of this player in this match, each counted exactly
   * once however often they are sent. Without: one click, whatever `count` says.
   */
  clientFrame(
    'CLICK',
    z
      .object({
        count: z._default(z.int().check(z.gte(1), z.lte(mostClicks)), 1),
        seq: z.optional(z.int().check(z.gte(1), z.lte(highestSeq))),
      })
      .check(
        z.refine(
          ({ seq, count }) => seq === undefined || count <= seq,
          'must not be above seq: clicks are numbered from 1',
        ),
      ),
  ),
  /** Claim the golden cookie; with `id`, only if it is still that one. */
  clientFrame('COOKIE_CLICK', z.object({ id: z.optional(z.int().check(z.gte(1))) })),
  /** Give up: the other side wins at once. */
  clientFrame('QUIT_GAME', empty),
  /** Once more against the opponent of the match that has just ended; it begins when both have asked. */
  clientFrame('REMATCH', empty),
  /** `t` is any number of the client's, usually its clock in ms; the answer carries it back. */
  clientFrame('PING', z.object({ t: z.optional(z.number()) })),
]);
export type ClientFrame = z.output<typeof ClientFrame>;
/** A client's frame as it may be written: defaults left out. */
export type ClientFrameInput = z.input<typeof ClientFrame>;

/** Every `type` that a client may send. */
export const clientFrameTypes: readonly string[] = ClientFrame.def.options.map(
  (option) => option.shape.type.def.values[0] as string,
);

/** Why a request of a client was not carried out; `message` beside it says it in words. */
export const ErrorCode = z.enum([
  'bad_frame',
  'unknown_type',
  'bad_payload',
  'already_in_match',
  'not_in_match',
  'not_started',
  'match_over',
  'too_fast',
  'too_many_gaps',
  'seq_jump',
  'no_golden_cookie',
  'match_lost',
  'match_forgotten',
  'no_such_match',
  'code_used',
  'code_expired',
  'no_rematch',
  'no_practice',
  'busy',
  'too_many_frames',
  'unavailable',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** A place in the queue, told when it is taken and every few seconds from then on. */
export const Queued = z.object({
  /** When the player joined. */
  since: timestamp,
  /** Players who wait, the receiver included. */
  waiting: z.int(),
  mode: z._default(Mode, 'ranked'),
  /**
   * The median wait, in ms, of whoever waited longer in the latest pairs; absent when there were none lately, and when
   * the receiver has waited for longer than that.
   */
  estimatedWaitMs: z.optional(z.int()),
  /** True when nobody else waits and a bot is there to practise against: `JOIN_QUEUE {mode: "practice"}`. */
  practice: z.optional(z.boolean()),
  /** When the invitation, or the chance of a rematch, runs out; absent in `ranked`, which has no end. */
  expiresAt: z.optional(timestamp),
});
export type Queued = z.infer<typeof Queued>;

/** A golden cookie, and where it is in per cent of the arena's width and height. */
export const Golden = z.object({ x: z.number(), y: z.number(), id: z.optional(z.int()) });

export const GameStart = z.object({
  /** The opponent's player id. */
  opponent: z.string(),
  role: Role,
  roomId: z.string(),
  /** Whole seconds of play left; the countdown is not part of it. */
  timeRemaining: z.int(),
  p1Score: points,
  p2Score: points,
  p1Name: z.string(),
  p2Name: z.string(),
  p1Picture: z.string(),
  p2Picture: z.string(),
  // A gateway of an older version tells none: those matches were all ranked.
  mode: z._default(Mode, 'ranked'),
  /** Before this match, in points; absent for a bot, and when the ratings could not be read. */
  p1Rating: z.optional(z.int()),
  p2Rating: z.optional(z.int()),
  startsAt: timestamp,
  endsAt: timestamp,
  /** Valkey's clock when the frame was made. */
  now: timestamp,
  /** Number of the match's latest event contained in this state. */
  seq: z.int(),
  /** Highest of the receiver's own clicks dealt with: counted, or dropped for being too fast. */
  ack: z.int(),
  /** True when the receiver comes back to a match that it had already been told of. */
  resumed: z.boolean(),
  rules: Rules,
  /** The golden cookie that waits to be claimed, if any; a `COOKIE_SPAWN` of the same follows. */
  golden: z.optional(Golden),
  /** End of the receiver's running bonus. */
  bonusUntil: z.optional(timestamp),
  /** End of the opponent's running bonus. */
  opponentBonusUntil: z.optional(timestamp),
  /** The opponent's connection is gone: until then they may come back. */
  opponentAwayUntil: z.optional(timestamp),
});
export type GameStart = z.infer<typeof GameStart>;

/** Only what changed. */
export const Update = z.partial(
  z.object({
    timeRemaining: z.int(),
    p1Score: points,
    p2Score: points,
    p1Name: z.string(),
    p2Name: z.string(),
    p1Picture: z.string(),
    p2Picture: z.string(),
    /** Player id. */
    goldenCookieClaimedBy: z.string(),
    seq: z.int(),
    ack: z.int(),
    /** End of the bonus of the player in `goldenCookieClaimedBy`; without that field, of the receiver. */
    bonusUntil: timestamp,
    /** End of the opponent's bonus, told to a receiver that may have missed when it began. */
    opponentBonusUntil: timestamp,
    /** The opponent's connection is gone, and the match lost to them if it is not back by then; 0: it is back. */
    opponentAwayUntil: timestamp,
    /** After the match: player id of the opponent, who asks for another one. */
    rematch: z.string(),
  }),
);
export type Update = z.infer<typeof Update>;

/** Why a match ended before its time; absent when the clock ended it. */
export const EndReason = z.enum(['quit', 'opponent_disconnected']);
export type EndReason = z.infer<typeof EndReason>;

/** What a gateway may send. */
export const ServerFrame = z.discriminatedUnion('type', [
  serverFrame('QUEUED', Queued),
  serverFrame('GAME_START', GameStart),
  serverFrame('UPDATE', Update),
  serverFrame('COOKIE_SPAWN', Golden),
  /** Clicks of the opponent that counted. */
  serverFrame('OPPONENT_CLICK', z.object({ count: z.int() })),
  serverFrame(
    'GAME_OVER',
    z.object({
      /** A player id, or `draw`. */
      winner: z.string(),
      reason: z.optional(EndReason),
      p1Score: points,
      p2Score: points,
      /** What the match changes the receiver's rating by, in points; absent when it is not rated. */
      ratingDelta: z.optional(z.int()),
    }),
  ),
  serverFrame('ERROR', z.object({ code: ErrorCode, message: z.string() })),
  serverFrame('PONG', z.object({ t: z.optional(z.number()), now: timestamp })),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** The frame of one type, for instance `FrameOf<ServerFrame, 'GAME_OVER'>`. */
export type FrameOf<Frame extends { type: string }, Type extends Frame['type']> = Extract<
  Frame,
  { type: Type }
>;
