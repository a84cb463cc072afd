/** What the match's scripts keep of how it goes, read. Pure; `prelude.lua` says what is written. */
import * as z from 'zod/mini';
import { Recording } from '../api.ts';
import { Role } from '../protocol.ts';
import type { Rules } from '../rules.ts';
import { type MatchState, parseMatch, publicSide, roleOf } from './state.ts';
import { writeSteps } from './steps.ts';

/** A step is so long at least, in ms, and a match has so many at most. */
const leastStepMs = 200;
const mostSteps = 300;

/** A step is what `p1` has by then, and then `p2`: a score and a number of clicks each, of so many bytes. */
const scoreBytes = 3;
const clicksBytes = 2;
const sideBytes = scoreBytes + clicksBytes;

/** How long a step of a match's recording is, in ms. */
export const stepMsOf = ({ matchMs }: Pick<Rules, 'matchMs'>): number =>
  Math.max(leastStepMs, Math.ceil(matchMs / mostSteps));

/** What Valkey has of a match. */
interface Kept {
  hash: Record<string, string>;
  steps: Buffer | null;
  goldens: string | null;
}

/**
 * How the match has gone.
 *
 * @returns undefined when there is no such match (any more), or an older version began it, which kept nothing
 * @throws Error when it makes no sense
 */
export function parseRecording(roomId: string, { hash, steps, goldens }: Kept): Recording | undefined {
  const match = parseMatch(roomId, hash);
  if (!match || !hash.stepMs || steps === null || goldens === null) return undefined;
  const { mode, startsAt, endsAt, rules } = match;
  const stepMs = Number(hash.stepMs);
  const over = overOf(match);
  const sides = { p1: totalsOf(steps, 'p1'), p2: totalsOf(steps, 'p2') };
  if (over) {
    // The last to change the match may have been a gateway of an older version, which keeps nothing.
    const last = Math.min(Math.floor(over.at / stepMs), sides.p1.length - 1);
    for (const role of Role.options)
      sides[role][last] = { score: match[role].score, clicks: Number(hash[`${role}Counted`] ?? 0) };
  }
  const points = { p1: brought(sides.p1, 'score'), p2: brought(sides.p2, 'score') };
  for (const role of over ? Role.options : [])
    if (sum(points[role]) !== match[role].score)
      throw new Error(`the steps of ${role} add up to ${sum(points[role])}, not to ${match[role].score}`);
  return Recording.parse({
    ...{ roomId, mode, startsAt, matchMs: endsAt - startsAt, stepMs, over },
    ...{ clickPoints: rules.clickPoints, goldenPoints: rules.goldenPoints },
    ...{ bonusMs: rules.bonusMs, bonusFactor: rules.bonusFactor },
    ...{ p1: publicSide(match.p1), p2: publicSide(match.p2) },
    points: { p1: writeSteps(points.p1), p2: writeSteps(points.p2) },
    clicks: {
      p1: writeSteps(brought(sides.p1, 'clicks')),
      p2: writeSteps(brought(sides.p2, 'clicks')),
    },
    goldens: parseGoldens(goldens),
  });
}

function overOf(match: MatchState): Recording['over'] {
  const { over, endedAt, startsAt, endsAt, p1, p2 } = match;
  return (
    over && {
      winner: roleOf(match, over.winner) ?? 'draw',
      reason: over.reason || undefined,
      // Who quits in the countdown ends it before it starts; who looks at the clock may come late.
      at: Math.min(Math.max(endedAt - startsAt, 0), endsAt - startsAt),
      p1Score: p1.score,
      p2Score: p2.score,
    }
  );
}

/** What a side had at the end of a step. */
interface Totals {
  score: number;
  clicks: number;
}

/** What the side had at the end of each step in which that changed; both begin again at 0 when they are too large. */
function totalsOf(steps: Buffer, role: Role): (Totals | undefined)[] {
  const first = role === 'p1' ? 0 : sideBytes;
  return Array.from({ length: Math.floor(steps.length / (2 * sideBytes)) }, (_, step) => {
    const offset = 2 * sideBytes * step + first;
    const score = steps.readUIntBE(offset, scoreBytes);
    const clicks = steps.readUIntBE(offset + scoreBytes, clicksBytes);
    return score || clicks ? { score, clicks } : undefined;
  });
}

/** What each step brought. */
function brought(totals: (Totals | undefined)[], what: keyof Totals): number[] {
  const range = 256 ** (what === 'score' ? scoreBytes : clicksBytes);
  let before = 0;
  return totals.map((total) => {
    const now = total ? total[what] : before;
    const more = (((now - before) % range) + range) % range;
    before = now;
    return more;
  });
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Number, ms since the start and place of one that came; number, ms since the start and whose it is of a claim. */
const GoldenEntries = z.array(
  z.union([z.tuple([z.int(), z.int(), z.number(), z.number()]), z.tuple([z.int(), z.int(), Role])]),
);

function parseGoldens(text: string): Recording['goldens'] {
  const goldens = new Map<number, Recording['goldens'][number]>();
  for (const entry of GoldenEntries.parse(JSON.parse(`[${text.slice(0, -1)}]`))) {
    const [id, at] = entry;
    if (entry.length === 4) {
      goldens.set(id, { id, at, x: entry[2], y: entry[3] });
      continue;
    }
    const golden = goldens.get(id);
    // One that a ticker of an older version brought is not known: where it was cannot be shown.
    if (golden) golden.claim = { by: entry[2], at };
  }
  return [...goldens.values()];
}
