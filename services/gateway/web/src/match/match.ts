/** The match as this player sees it: a pure function of the server's frames and the player's own clicks. */
import type {
  EndReason,
  FrameOf,
  GameStart,
  Mode,
  Role,
  ServerFrame,
  Update,
} from '@overcookied/shared/protocol.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import { cold, type Heat, heated } from '../arena/heat.ts';
import { type Absence, absenceAfter } from './absence.ts';

/** Whose: the player's own, or the opponent's. */
export type Whose = 'mine' | 'theirs';

/** One of the two players. */
export interface Side {
  name: string;
  picture: string;
  /** Before the match, in points; undefined for a bot, and when the server could not read it. */
  rating: number | undefined;
  /** As the server last said. */
  score: number;
  /** When this side's clicks stop counting more, in ms by the server's clock; 0 before the first bonus. */
  bonusUntil: number;
}

/** Where the golden cookie is, in per cent of the arena. */
interface Golden {
  x: number;
  y: number;
  id?: number | undefined;
}

type Outcome = 'won' | 'lost' | 'drawn';

interface Result {
  outcome: Outcome;
  reason: EndReason | undefined;
  /** In ms by the server's clock. */
  endedAt: number;
  /** What the match changed the own rating by; undefined when it is not rated. */
  ratingDelta: number | undefined;
}

export interface Match {
  roomId: string;
  mode: Mode;
  opponentId: string;
  role: Role;
  /** In ms by the server's clock, as `endsAt` is. */
  startsAt: number;
  endsAt: number;
  rules: Rules;
  mine: Side;
  theirs: Side;
  /** Own score with the clicks still under way; never falls before the match is over. */
  shownScore: number;
  /** Clicks made on this page so far, each of which sounds. */
  ownClicks: number;
  /** How fast those came. */
  heat: Heat;
  /** Clicks of the opponent seen so far, each of which flies in. */
  opponentClicks: number;
  golden?: Golden | undefined;
  /** Of the opponent. */
  absence?: Absence | undefined;
  /** The latest claim of a golden cookie, and when it was heard of. */
  claim?: { by: Whose; at: number };
  result?: Result;
  /** What is known of another match against this opponent: they want one, or there will be none. */
  rematch?: 'wanted' | 'refused';
}

/** What the player's own click is to the match; all other frames are the server's. */
export type MatchFrame = ServerFrame | { type: 'OWN_CLICK' };

/** What a frame is seen with. */
export interface Moment {
  /** The server's clock, in ms. */
  now: number;
  /** Own clicks that the server has not yet counted, this frame's included. */
  openClicks: number;
}

/** The match after a frame. `GAME_START` begins one, or corrects the one that it resumes. */
export function reduce(match: Match | undefined, frame: MatchFrame, moment: Moment): Match | undefined {
  if (frame.type === 'GAME_START') return withShownScore(started(match, frame.payload), moment);
  if (!match) return undefined;
  if (match.result) return afterwards(match, frame);
  switch (frame.type) {
    case 'OWN_CLICK':
      return withShownScore(
        { ...match, ownClicks: match.ownClicks + 1, heat: heated(match.heat, moment.now) },
        moment,
      );
    case 'UPDATE':
      return withShownScore(updated(match, frame.payload, moment.now), moment);
    case 'COOKIE_SPAWN':
      return { ...match, golden: frame.payload };
    case 'OPPONENT_CLICK':
      return { ...match, opponentClicks: match.opponentClicks + frame.payload.count };
    case 'GAME_OVER':
      return ended(match, frame.payload, moment.now);
    default:
      return match;
  }
}

/** What one click of this side is worth now. */
export function clickWorth({ rules }: Match, side: Side, now: number): number {
  return rules.clickPoints * (now < side.bonusUntil ? rules.bonusFactor : 1);
}

function started(previous: Match | undefined, start: GameStart): Match {
  const same = previous?.roomId === start.roomId ? previous : undefined;
  const side = (role: Role, bonusUntil: number | undefined): Side => ({
    name: start[`${role}Name`],
    picture: start[`${role}Picture`],
    rating: start[`${role}Rating`],
    score: start[`${role}Score`],
    bonusUntil: bonusUntil ?? 0,
  });
  return {
    roomId: start.roomId,
    mode: start.mode,
    opponentId: start.opponent,
    role: start.role,
    startsAt: start.startsAt,
    endsAt: start.endsAt,
    rules: start.rules,
    // Nothing else is taken over: a golden cookie may have been claimed meanwhile, a bonus have ended.
    mine: side(start.role, start.bonusUntil),
    theirs: side(other(start.role), start.opponentBonusUntil),
    golden: start.golden,
    absence: start.opponentAwayUntil ? { until: start.opponentAwayUntil } : undefined,
    shownScore: same?.shownScore ?? 0,
    ownClicks: same?.ownClicks ?? 0,
    heat: same?.heat ?? cold,
    opponentClicks: same?.opponentClicks ?? 0,
  };
}

function updated(match: Match, update: Update, now: number): Match {
  const { goldenCookieClaimedBy: claimedBy, bonusUntil, opponentBonusUntil, opponentAwayUntil } = update;
  const claimer: Whose = claimedBy === match.opponentId ? 'theirs' : 'mine';
  const bonusOf: Record<Whose, number | undefined> = {
    mine: claimer === 'mine' ? bonusUntil : undefined,
    theirs: (claimer === 'theirs' ? bonusUntil : undefined) ?? opponentBonusUntil,
  };
  const side = (role: Role, whose: Whose): Side => ({
    ...match[whose],
    name: update[`${role}Name`] ?? match[whose].name,
    picture: update[`${role}Picture`] ?? match[whose].picture,
    score: update[`${role}Score`] ?? match[whose].score,
    bonusUntil: bonusOf[whose] ?? match[whose].bonusUntil,
  });
  const next = {
    ...match,
    mine: side(match.role, 'mine'),
    theirs: side(other(match.role), 'theirs'),
    absence:
      opponentAwayUntil === undefined
        ? match.absence
        : // 0 for "back".
          absenceAfter(match.absence, opponentAwayUntil || undefined, now),
  };
  return claimedBy === undefined ? next : { ...next, golden: undefined, claim: { by: claimer, at: now } };
}

/**
 * Clicks under way count as if the server had counted them. Where it counts less (a bonus that ended on the
 * way, clicking faster than the rules allow), the shown score waits for the real one to catch up: a number
 * that falls while one clicks looks like theft.
 */
function withShownScore(match: Match, { now, openClicks }: Moment): Match {
  const expected = match.mine.score + openClicks * clickWorth(match, match.mine, now);
  return { ...match, shownScore: Math.max(match.shownScore, expected) };
}

function ended(match: Match, over: FrameOf<ServerFrame, 'GAME_OVER'>['payload'], now: number): Match {
  const score = over[`${match.role}Score`];
  const won = over.winner !== match.opponentId;
  return {
    ...match,
    mine: { ...match.mine, score },
    theirs: { ...match.theirs, score: over[`${other(match.role)}Score`] },
    shownScore: score,
    golden: undefined,
    result: {
      outcome: over.winner === 'draw' ? 'drawn' : won ? 'won' : 'lost',
      reason: over.reason,
      // A page that was cut off hears of the end late.
      endedAt: Math.min(now, match.endsAt),
      ratingDelta: over.ratingDelta,
    },
  };
}

/** A result stands: of what comes after it, only what concerns a rematch changes anything. */
function afterwards(match: Match, frame: MatchFrame): Match {
  if (frame.type === 'UPDATE' && frame.payload.rematch === match.opponentId)
    return { ...match, rematch: 'wanted' };
  if (frame.type === 'ERROR' && frame.payload.code === 'no_rematch') return { ...match, rematch: 'refused' };
  return match;
}

const other = (role: Role): Role => (role === 'p1' ? 'p2' : 'p1');
