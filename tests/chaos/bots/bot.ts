import type { Codes } from '../matchmaking/codes.ts';
import type { Random } from '../random.ts';
import type { Recorder } from '../recorder.ts';

/** Who plays. */
export interface Identity {
  id: string;
  token: string;
}

/** What the bots share. */
export interface World {
  recorder: Recorder;
  /** A gateway, as a load balancer would choose it: its name, and its WebSocket address. */
  pickGateway: (random: Random) => { name: string; url: string };
  /** Breaks the connections of whoever has this token, as a network would. */
  breakConnections: (token: string) => void;
  codes: Codes;
  /** Aborts when nobody is to want anything any more. */
  ending: AbortSignal;
}

/** Somebody who plays until the world ends. */
export interface Bot {
  readonly isConnected: boolean;
  /** Whether it plays a match whose end it has not been told of. */
  readonly isPlaying: boolean;
  readonly isWaiting: boolean;
  play(): void;
  /** Nobody wants anything any more: leaves whatever it is in. Again: once more, since it may not have been heard. */
  leave(): void;
  /** Ends its connection for good. */
  close(): void;
}

/** What the bots do how often. Times in ms, probabilities from 0 to 1. */
export const habits = {
  /** Pause before it asks for the next match. */
  pauseMs: [50, 500],
  /** Clicks a second. */
  clicksPerSecond: [4, 9],
  claims: 0.7,
  /** After how long it claims a golden cookie. */
  claimAfterMs: [50, 700],
  quits: 0.03,
  /** How often it asks for the same opponent again, or comes by a code. */
  rematches: 0.1,
  codes: 0.05,
  /** After so long by a code, or for a rematch, it goes to the common queue. */
  patienceMs: 3_000,
  /** How long it is between two reconnects of one that is restless. */
  restMs: [1_000, 12_000],
  /** How long it stays away who reloads the page; sometimes longer than the grace. */
  awayMs: [0, 900],
  longAwayMs: [3_000, 7_000],
  longAway: 0.1,
  /** How long after the end of its time a match may go on before the bot takes it for over. */
  patienceAfterEndMs: 12_000,
} as const;
