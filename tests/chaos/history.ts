/**
 * What happened in a run, as seen from outside: by the players, by whoever made the faults, and by Valkey in the end.
 * It is kept small, since a run has millions of frames: one entry for a player's part in a match, not one a click.
 *
 * All times are ms since 1970 by this machine's clock, which is Valkey's as well.
 */

/** From a moment to another one, in ms. */
export interface Interval {
  from: number;
  until: number;
}

/** What can be done to a service, to its link to Valkey, or to the links of a gateway's players. */
export type ServiceFault =
  | 'kill'
  | 'restart'
  | 'sleep'
  | 'cut'
  | 'delay'
  | 'stall'
  | 'cut players'
  | 'delay players'
  | 'stall players';
/** `reshard` moves slots of a cluster from one node to another, which nobody is to notice. */
export type ValkeyFault = 'kill' | 'restart' | 'sleep' | 'reshard';

/** One fault. `until` is when it was made good: the service was ready, the bytes passed again. */
export interface Fault extends Interval {
  /** `pause` is of this process itself: the machine was too busy to run it. */
  what: ServiceFault | ValkeyFault | 'pause';
  /** For instance `gateway 2` or `valkey`; `slots` when Valkey was well all the time. */
  target: string;
}

/** One connection of a player, from its first attempt on. */
export interface Connection {
  player: string;
  /** A player's are numbered from 1 in the order in which they were begun. */
  number: number;
  /** Which of the player's pages it belongs to, from 1: one page connects again by itself, a reloaded one is another. */
  page: number;
  gateway: string;
  beganAt: number;
  /** When the client knew that it was open; 0 when it never was. */
  openAt: number;
  /** When the client knew, or made, that it was closed; infinity while it is open. */
  closedAt: number;
  /** Of the close; 0 when the client did not wait for it. */
  code: number;
}

/** `GAME_START` as it was told. */
export interface Start {
  at: number;
  connection: number;
  ack: number;
  resumed: boolean;
}

/** `GAME_OVER` as it was told. */
export interface Over {
  at: number;
  connection: number;
  winner: string;
  reason: string;
  p1Score: number;
  p2Score: number;
}

/** A highest acknowledged click as it was told, by whatever frame. Only those that are higher than any before. */
export interface Ack {
  at: number;
  connection: number;
  ack: number;
}

/** What one page made: clicks numbered from `base` + 1 on, or clicks without numbers. */
export interface Page {
  /** Highest number that the server had dealt with when the page began to count; -1 when clicks have no numbers. */
  base: number;
  /** When each was made, in order. */
  made: number[];
  /** Connection on which each was made, or 0 when there was none. Parallel to `made`. */
  on: number[];
}

/** A golden cookie as it was told. */
export interface Spawn {
  at: number;
  connection: number;
  id: number;
}

/** One player's part in one match. */
export interface Sitting {
  player: string;
  room: string;
  role: 'p1' | 'p2';
  opponent: string;
  startsAt: number;
  endsAt: number;
  starts: Start[];
  overs: Over[];
  acks: Ack[];
  pages: Page[];
  spawns: Spawn[];
  /** Claims that were sent. */
  claims: number;
  /** When the player gave up, 0 if never. */
  quitAt: number;
}

/** Something told that has no place elsewhere: an `ERROR` with this code. */
export interface Refusal {
  at: number;
  player: string;
  connection: number;
  code: string;
}

/** A player waits in the common queue, by one connection: until it is in a match, leaves, or that connection is closed. */
export interface Wait extends Interval {
  player: string;
  connection: number;
}

/** One entry of a player's history list. */
export interface ResultEntry {
  gameId: string;
  opponent: string;
  score: number;
  opponentScore: number;
  winnerId: string;
  ratingDelta?: number;
}

/** What Valkey had of a match after its end. */
export interface Game {
  /** The hash as it is; undefined when there is none. */
  hash: Record<string, string> | undefined;
  /** Entries about it in the players' lists, by player id. */
  results: Record<string, ResultEntry[]>;
}

/** What Valkey said in the end, when nobody wanted anything any more. */
export interface Left {
  /** By player id, as `presences`. */
  players: Record<string, Record<string, string>>;
  presences: Record<string, Record<string, string>>;
  tickets: Record<string, string>;
  /** Player ids. */
  queue: string[];
  /** By room id. */
  pending: Record<string, string>;
}

/** The rules of the run's matches, as far as the checker needs them; ms and points. */
export interface RunRules {
  countdownMs: number;
  matchMs: number;
  graceMs: number;
  goldenGapMs: [least: number, most: number];
  /** So many points are a claim; what is left over are clicks of one point each. */
  goldenPoints: number;
}

export interface History {
  seed: number;
  rules: RunRules;
  /** Of the players, by id. */
  names: Record<string, string>;
  from: number;
  /** When the faults had ended and everybody had been told to stop. */
  until: number;
  /** When the history was closed. */
  endsAt: number;
  faults: Fault[];
  connections: Connection[];
  sittings: Sitting[];
  refusals: Refusal[];
  waits: Wait[];
  /** By room id. */
  games: Record<string, Game>;
  left: Left;
}

/** Ms since 1970, comparable with Valkey's on the same machine. */
export const now = (): number => Date.now();
