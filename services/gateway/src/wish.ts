/** Whom a player waits for. */
import {
  type ClientFrame,
  type ErrorCode,
  type FrameOf,
  invitationMs,
  type Mode,
} from '@overcookied/shared/protocol.ts';
import { nanoid } from 'nanoid';

/** How long a player waits for a practice bot at most, in ms. */
const practiceMs = 10_000;
/** Somebody may open a link that has run out; nobody comes late to what has no link. */
const invitationRememberedMs = 3_600_000;
const othersRememberedMs = 60_000;

/** One other player who comes with the same code. */
export interface PartyWish {
  mode: Mode;
  code: string;
  /** How long the code holds, in ms, if this player is the first to use it. */
  holdsMs: number;
  /** How long after that it is remembered that it held, in ms. */
  rememberedMs: number;
  /** Player id of whom alone the player waits for, if that is known: there is no use in it when they are gone. */
  opponent?: string;
  /** What the player is told when nobody came in time, and when two others have met by the code. */
  refusals: Record<'expired' | 'used', { code: ErrorCode; message: string }>;
}

/** Whoever fits, or one other player. */
export type Wish = { mode: 'ranked'; code?: undefined } | PartyWish;

/** What a `JOIN_QUEUE` asks for. @param isBot whether a practice bot asks: it alone may say whom it practises with */
export function wishOf({ mode, code }: FrameOf<ClientFrame, 'JOIN_QUEUE'>['payload'], isBot: boolean): Wish {
  if (mode === 'practice') return practiceWish(isBot && code ? code : nanoid());
  // The protocol asks for a code where one is needed.
  if (mode === 'private' && code !== undefined) return invitationWish(code);
  return { mode: 'ranked' };
}

function invitationWish(code: string): PartyWish {
  return {
    mode: 'private',
    code: `private:${code}`,
    holdsMs: invitationMs,
    rememberedMs: invitationRememberedMs,
    refusals: {
      used: {
        code: 'code_used',
        message: 'two players have met by this invitation already: make a new one',
      },
      expired: {
        code: 'code_expired',
        message: `this invitation has run out after ${invitationMs / 60_000} minutes: make a new one`,
      },
    },
  };
}

const practicePrefix = 'practice:';

function practiceWish(code: string): PartyWish {
  const refusal = { code: 'no_practice', message: 'no bot is free just now: try again' } as const;
  return {
    mode: 'practice',
    code: practicePrefix + code,
    holdsMs: practiceMs,
    rememberedMs: othersRememberedMs,
    refusals: { used: refusal, expired: refusal },
  };
}

/** The code by which a practice bot comes to the player; undefined when the wish is another. */
export function botCode(wish: Wish | undefined): string | undefined {
  return wish?.code?.startsWith(practicePrefix) ? wish.code.slice(practicePrefix.length) : undefined;
}

/** Another match against the opponent of the one that has just ended. @param holdsMs how long that may still be asked */
export function rematchWish(roomId: string, mode: Mode, holdsMs: number, opponent: string): PartyWish {
  const refusal = {
    code: 'no_rematch',
    message: 'your opponent did not want another match in time',
  } as const;
  return {
    mode,
    code: `rematch:${roomId}`,
    opponent,
    holdsMs,
    rememberedMs: othersRememberedMs,
    refusals: { used: refusal, expired: refusal },
  };
}
