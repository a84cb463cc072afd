/** The HTTP API's bodies, as schemas from which the types are inferred; `docs/protocol.md` tells it in words. */
import * as z from 'zod/mini';
import { cleanName, maxNameLength } from './names.ts';
import { EndReason, Mode, Role } from './protocol.ts';
import { PublicSide } from './watch-protocol.ts';

export { maxNameLength };

/** A player's name as others see it; too long a one is refused, since its player can choose another. */
export const PlayerName = z.pipe(
  z.pipe(z.string('must be text'), z.transform(cleanName)),
  z.string().check(
    z.minLength(1, 'must not be empty'),
    z.refine((name) => [...name].length <= maxNameLength, `must be at most ${maxNameLength} characters long`),
  ),
);

export const GuestLogin = z.object({ name: PlayerName });

/** Who a token belongs to, and the token. */
export const Session = z.object({
  token: z.string(),
  id: z.string(),
  name: z.string(),
  picture: z.string(),
  email: z.string(),
});
export type Session = z.infer<typeof Session>;

/** How to come in. */
export const AuthOptions = z.object({
  /** What players know the issuer by with which they may sign in; null where all are guests. */
  issuer: z.nullable(z.string()),
  /** Whether the browser has the cookie of who has signed in. */
  signedIn: z.boolean(),
});
export type AuthOptions = z.infer<typeof AuthOptions>;

/** Opens one WebSocket, in place of the token. */
export const Ticket = z.object({ ticket: z.string(), expiresInMs: z.int() });
export type Ticket = z.infer<typeof Ticket>;

/** What a page on another origin shows after signing in, to be told who it is. */
export const LoginExchange = z.object({ code: z.string(), verifier: z.string() });

/** The claims of a player's JWT. `exp`, `iat` and `nbf` are in unix seconds. */
export const Claims = z.object({
  user_id: z.string().check(z.minLength(1)),
  email: z.string(),
  name: z.string(),
  picture: z.string(),
  exp: z.int(),
  iat: z.int(),
  nbf: z.int(),
  iss: z.literal('overcookied'),
});
export type Claims = z.infer<typeof Claims>;

export const LeaderboardName = z.enum(['alltime', 'weekly', 'rating']);
export type LeaderboardName = z.infer<typeof LeaderboardName>;

export const LeaderboardQuery = z.object({
  board: z._default(LeaderboardName, 'alltime'),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 10),
});

export const PlaceQuery = z.pick(LeaderboardQuery, { board: true });

/** `score` is the sum of the player's points in the board's period; on the board `rating` it is the rating. */
export const Leaderboard = z.array(z.object({ name: z.string(), picture: z.string(), score: z.int() }));
export type Leaderboard = z.infer<typeof Leaderboard>;

/** One match as one of its two players saw it. */
export const HistoryGame = z.object({
  gameId: z.string(),
  playerId: z.string(),
  /** The opponent's player id. */
  opponent: z.string(),
  score: z.int(),
  opponentScore: z.int(),
  won: z.boolean(),
  /** A player id, or `draw`. */
  winnerId: z.string(),
  /** `quit`, `opponent_disconnected`, or empty when the clock ended the match. */
  reason: z.string(),
  /** When the match ended, in unix seconds. */
  timestamp: z.int(),
  playerName: z.string(),
  playerPicture: z.string(),
  opponentName: z.string(),
  opponentPicture: z.string(),
  /** What the match changed the player's rating by; absent when it was not rated. */
  ratingDelta: z.optional(z.int()),
});
export type HistoryGame = z.infer<typeof HistoryGame>;

export const HistoryQuery = z.object({ userId: z.optional(z.string()) });

/** The latest matches, newest first; `totalCount` counts all matches ever played. */
export const History = z.object({ games: z.array(HistoryGame), totalCount: z.int() });
export type History = z.infer<typeof History>;

/** What is known of a player. */
export const Profile = z.object({
  id: z.string(),
  name: z.string(),
  picture: z.string(),
  /** In points; everyone begins with 1500. */
  rating: z.int(),
  matches: z.int(),
  won: z.int(),
  drawn: z.int(),
  lost: z.int(),
  /** Sum over all matches. */
  points: z.int(),
});
export type Profile = z.infer<typeof Profile>;

/** Where the player stands on a board; `place` counts from 1, and is absent for whoever is not on it. */
export const Place = z.object({
  place: z.optional(z.int()),
  score: z.optional(z.int()),
  /** How many are on the board. */
  players: z.int(),
});
export type Place = z.infer<typeof Place>;

/** What goes on, for whoever is about to play. */
export const LobbyNews = z.object({
  /** Players who wait for an opponent. */
  waiting: z.int(),
  /** Whether a bot is there to practise against. */
  practice: z.boolean(),
  /** A match to watch; none while somebody waits, whom one had better play against. */
  live: z.optional(
    z.object({ roomId: z.string(), p1: z.string(), p2: z.string(), p1Score: z.int(), p2Score: z.int() }),
  ),
});
export type LobbyNews = z.infer<typeof LobbyNews>;

/** How a match went. Times within it are in ms since its start. */
export const Recording = z.object({
  roomId: z.string(),
  mode: Mode,
  p1: PublicSide,
  p2: PublicSide,
  /** In ms since 1970 by Valkey's clock. */
  startsAt: z.int(),
  /** How long it was to last, in ms. */
  matchMs: z.int(),
  /** What a click brought, and a golden cookie, in points; recordings of older versions do not say. */
  clickPoints: z._default(z.int(), 1),
  goldenPoints: z._default(z.int(), 5),
  /** How long a bonus lasts, in ms, and what it multiplies a click's points by. */
  bonusMs: z.int(),
  bonusFactor: z.int(),
  /** Length of the steps that follow, in ms. */
  stepMs: z.int(),
  /** What each step brought: a number each, written as `shared/src/match/steps.ts` says; zeros at the end left out. */
  points: z.object({ p1: z.string(), p2: z.string() }),
  clicks: z.object({ p1: z.string(), p2: z.string() }),
  /** The golden cookies, in the order in which they came; `claim` is absent for one that nobody got. */
  goldens: z.array(
    z.object({
      id: z.int(),
      at: z.int(),
      x: z.number(),
      y: z.number(),
      claim: z.optional(z.object({ by: Role, at: z.int() })),
    }),
  ),
  /** Absent while the match is on: then the rest tells how it has gone so far. */
  over: z.optional(
    z.object({
      winner: z.union([Role, z.literal('draw')]),
      reason: z.optional(EndReason),
      /** When it ended. */
      at: z.int(),
      p1Score: z.int(),
      p2Score: z.int(),
    }),
  ),
});
export type Recording = z.infer<typeof Recording>;

/** Every answer that is not a success: what was wrong, and what would be right. */
export const ApiError = z.object({ error: z.string() });
