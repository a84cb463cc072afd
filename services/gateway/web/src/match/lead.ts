/** Who is ahead, and when it is worth saying. */
import type { Whose } from './match.ts';

/** At most so often it is said who is ahead, in ms: in a close race it would be somebody else every moment. */
const sayEveryMs = 4_000;

/** What was said last. */
export interface Said {
  leader: Whose | undefined;
  at: number;
}

/** Which of two sides has more; undefined while it is level. */
export function leaderOf<Side extends string>(score: Readonly<Record<Side, number>>): Side | undefined {
  const [one, other] = Object.keys(score) as [Side, Side];
  if (score[one] === score[other]) return undefined;
  return score[one] > score[other] ? one : other;
}

/** What has been said by now. @returns `said` itself where there is nothing new, or it is too soon to say it */
export function saidBy(said: Said, leader: Whose | undefined, now: number): Said {
  if (leader === undefined || leader === said.leader || now < said.at + sayEveryMs) return said;
  return { leader, at: now };
}
