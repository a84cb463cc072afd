/** A recording, read so that it says how the match stood at any moment. Pure; times are in ms since the start. */
import type { Recording } from '@overcookied/shared/api.ts';
import { readSteps } from '@overcookied/shared/match/steps.ts';
import type { Role } from '@overcookied/shared/protocol.ts';

type OfBoth<T> = Record<Role, T>;

/** How both stood at the end of a step: nobody knows it more exactly. */
export interface Mark {
  at: number;
  score: OfBoth<number>;
  /** Clicks made so far. */
  clicks: OfBoth<number>;
}

/** A golden cookie that somebody got. */
export interface Claim {
  id: number;
  by: Role;
  at: number;
}

/** How the match stands. */
export interface Moment {
  score: OfBoth<number>;
  clicks: OfBoth<number>;
  /** When the side's bonus ends; undefined while none runs. */
  bonusUntil: OfBoth<number | undefined>;
  /** The golden cookie that waits to be claimed, if any; x and y in per cent of the arena. */
  golden: { id: number; x: number; y: number } | undefined;
  /** The latest claim of either side. */
  claim: Claim | undefined;
}

export class Timeline {
  readonly recording: Recording;
  /** From the start to `end`, a step apart; the last one may come sooner. */
  readonly marks: readonly [Mark, ...Mark[]];
  readonly claims: readonly Claim[];
  /** When the match ended; while it is on, until when it is known how it went. */
  readonly end: number;

  /** @throws Error when its steps cannot be read */
  constructor(recording: Recording) {
    this.recording = recording;
    this.marks = marksOf(recording);
    this.claims = recording.goldens.flatMap(({ id, claim }) => (claim ? [{ id, ...claim }] : []));
    this.end = this.marks.at(-1)?.at ?? 0;
  }

  /** How the match stood then. Before the start it is as at the start, and after the end as at the end. */
  at(time: number): Moment {
    const t = clamp(time, 0, this.end);
    const isOver = this.recording.over !== undefined && t >= this.end;
    return {
      ...this.#between(t),
      bonusUntil: {
        p1: isOver ? undefined : this.#bonusUntil('p1', t),
        p2: isOver ? undefined : this.#bonusUntil('p2', t),
      },
      golden: isOver ? undefined : this.#waiting(t),
      claim: this.claims.findLast(({ at }) => at <= t),
    };
  }

  /** What a step brought is shown as if it had come evenly. */
  #between(t: number): Pick<Moment, 'score' | 'clicks'> {
    const index = Math.floor(t / this.recording.stepMs);
    const before = this.marks[index] ?? this.marks[0];
    const after = this.marks[index + 1] ?? before;
    const share = after === before ? 0 : (t - before.at) / (after.at - before.at);
    const mix = (from: number, to: number) => Math.floor(from + (to - from) * share);
    const mixBoth = (what: 'score' | 'clicks') => ({
      p1: mix(before[what].p1, after[what].p1),
      p2: mix(before[what].p2, after[what].p2),
    });
    return { score: mixBoth('score'), clicks: mixBoth('clicks') };
  }

  #bonusUntil(role: Role, t: number): number | undefined {
    const latest = this.claims.findLast(({ by, at }) => by === role && at <= t);
    const until = (latest?.at ?? Number.NEGATIVE_INFINITY) + this.recording.bonusMs;
    return t < until ? until : undefined;
  }

  /** A golden cookie waits until it is claimed, or the next one takes its place. */
  #waiting(t: number): Moment['golden'] {
    const latest = this.recording.goldens.findLast(({ at }) => at <= t);
    if (!latest || (latest.claim && latest.claim.at <= t)) return undefined;
    return { id: latest.id, x: latest.x, y: latest.y };
  }
}

function marksOf({ stepMs, matchMs, points, clicks, over }: Recording): [Mark, ...Mark[]] {
  const read = ({ p1, p2 }: OfBoth<string>) => ({ p1: readSteps(p1), p2: readSteps(p2) });
  const steps = { points: read(points), clicks: read(clicks) };
  const rows = [steps.points.p1, steps.points.p2, steps.clicks.p1, steps.clicks.p2];
  const known = Math.max(...rows.map((row) => row.length)) * stepMs;
  const end = clamp(over?.at ?? known, 0, matchMs);

  let mark: Mark = { at: 0, score: { p1: 0, p2: 0 }, clicks: { p1: 0, p2: 0 } };
  const marks: [Mark, ...Mark[]] = [mark];
  for (let step = 0; step * stepMs < end; step++) {
    const add = (sum: OfBoth<number>, row: OfBoth<number[]>) => ({
      p1: sum.p1 + (row.p1[step] ?? 0),
      p2: sum.p2 + (row.p2[step] ?? 0),
    });
    mark = {
      at: Math.min((step + 1) * stepMs, end),
      score: add(mark.score, steps.points),
      clicks: add(mark.clicks, steps.clicks),
    };
    marks.push(mark);
  }
  // The result is what holds, whatever became of a step.
  if (over) mark.score = { p1: over.p1Score, p2: over.p2Score };
  return marks;
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
