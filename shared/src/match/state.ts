import { type EndReason, Mode, type Role } from '../protocol.ts';
import { ratingChanges, type Standing } from '../rating.ts';
import { Rules } from '../rules.ts';
import type { PublicSide } from '../watch-protocol.ts';

export interface Side {
  id: string;
  name: string;
  picture: string;
  /** When the match began; undefined when it is not known, and for bots. */
  standing: Standing | undefined;
  score: number;
  /** Highest of this player's clicks dealt with: counted, or dropped for being too fast. */
  ack: number;
  /** End of this player's bonus in ms, 0 if there was none. */
  bonusUntil: number;
  /** When the grace of this player, whose connection is gone, ends in ms; 0 while there. */
  awayUntil: number;
}

/** A match as its hash says. Times are ms since 1970 by Valkey's clock. */
export interface MatchState {
  roomId: string;
  mode: Mode;
  seq: number;
  startsAt: number;
  endsAt: number;
  rules: Rules;
  p1: Side;
  p2: Side;
  /** The golden cookie that waits to be claimed. */
  golden: { id: number; x: number; y: number } | undefined;
  /** The latest golden cookie that was claimed, and the player id of whoever did. */
  claimed: { id: number; by: string } | undefined;
  /** Set once the match is over. */
  over: { winner: string; reason: EndReason | '' } | undefined;
  /** When it ended, 0 while it is on or when only its end has been heard of. */
  endedAt: number;
}

/** What everybody may see of a side: its player's id is not in it. */
export const publicSide = ({ name, picture, standing }: Side): PublicSide => ({
  name,
  picture,
  rating: standing?.rating,
});

export const otherRole = (role: Role): Role => (role === 'p1' ? 'p2' : 'p1');

/** Which side of the match the player is on; undefined for anybody else. */
export const roleOf = ({ p1, p2 }: Pick<MatchState, Role>, playerId: string): Role | undefined =>
  p1.id === playerId ? 'p1' : p2.id === playerId ? 'p2' : undefined;

/** What a match that `winner` won (a player id, or `draw`) changes each side's rating by; undefined if unrated. */
export function ratingChangesOf(
  { mode, p1, p2 }: { mode: Mode } & Record<Role, { id: string; standing?: Standing | undefined }>,
  winner: string,
): ReturnType<typeof ratingChanges> | undefined {
  if (mode === 'practice' || !p1.standing || !p2.standing) return undefined;
  const standings = { p1: p1.standing, p2: p2.standing };
  return ratingChanges(standings, winner === p1.id ? 'p1' : winner === p2.id ? 'p2' : 'draw');
}

/** A player's standing as fields of the hash; none if it is not known. */
export function standingToFields(role: Role, standing: Standing | undefined): Record<string, number> {
  return standing ? { [`${role}Rating`]: standing.rating, [`${role}Deviation`]: standing.deviation } : {};
}

/** A match that an older version began has none: those were all ranked. */
export const parseMode = (mode: string | null | undefined): Mode => (mode ? Mode.parse(mode) : 'ranked');

export function parseStanding(
  rating: string | null | undefined,
  deviation: string | null | undefined,
): Standing | undefined {
  return rating && deviation ? { rating: Number(rating), deviation: Number(deviation) } : undefined;
}

/** The rules as fields of the hash: flat, so that a script reads just those it needs. */
export function rulesToFields({
  goldenGapMs: [goldenGapMin, goldenGapMax],
  ...rules
}: Rules): Record<string, number> {
  return { ...rules, goldenGapMin, goldenGapMax };
}

function rulesFromFields(hash: Record<string, string>): Rules {
  const numbers = Object.keys(Rules.shape).map((name) => [name, Number(hash[name])]);
  return {
    ...Object.fromEntries(numbers),
    goldenGapMs: [Number(hash.goldenGapMin), Number(hash.goldenGapMax)],
  };
}

/** @returns undefined for a hash that is not there (any more) */
export function parseMatch(roomId: string, hash: Record<string, string>): MatchState | undefined {
  if (!hash.phase) return undefined;
  const number = (field: string) => Number(hash[field] ?? 0);
  const side = (role: Role): Side => ({
    id: hash[role] ?? '',
    name: hash[`${role}Name`] ?? '',
    picture: hash[`${role}Picture`] ?? '',
    standing: parseStanding(hash[`${role}Rating`], hash[`${role}Deviation`]),
    score: number(`${role}Score`),
    ack: number(`${role}Ack`),
    bonusUntil: number(`${role}BonusUntil`),
    awayUntil: number(`${role}AwayUntil`),
  });
  return {
    roomId,
    mode: parseMode(hash.mode),
    seq: number('seq'),
    startsAt: number('startsAt'),
    endsAt: number('endsAt'),
    rules: rulesFromFields(hash),
    p1: side('p1'),
    p2: side('p2'),
    golden:
      hash.goldenOpen === '1'
        ? { id: number('goldenId'), x: number('goldenX'), y: number('goldenY') }
        : undefined,
    claimed: hash.goldenBy ? { id: number('goldenClaimed'), by: hash.goldenBy } : undefined,
    over:
      hash.phase === 'over'
        ? { winner: hash.winner ?? 'draw', reason: (hash.reason ?? '') as EndReason | '' }
        : undefined,
    endedAt: number('endedAt'),
  };
}
