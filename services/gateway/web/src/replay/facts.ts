/** What is worth telling of a match that was played. */
import type { Role } from '@overcookied/shared/protocol.ts';
import { leaderOf } from '../match/lead.ts';
import type { Mark, Timeline } from './timeline.ts';

export interface Facts {
  /** Golden cookies that each got. */
  goldens: Record<Role, number>;
  /** The most clicks that each made within one second. */
  fastest: Record<Role, number>;
  /** How often the lead went from one to the other; `last` is when it did so for the last time, in ms, and to whom. */
  leadChanges: { count: number; last: { at: number; to: Role } | undefined };
  /** Undefined when nobody was ever ahead; `at` in ms. */
  biggestLead: { by: Role; points: number; at: number } | undefined;
}

export function factsOf({ marks, claims, recording: { stepMs } }: Timeline): Facts {
  const ofBoth = (tell: (role: Role) => number) => ({ p1: tell('p1'), p2: tell('p2') });
  return {
    goldens: ofBoth((role) => claims.filter(({ by }) => by === role).length),
    fastest: ofBoth((role) => fastestSecond(marks, stepMs, role)),
    leadChanges: leadChangesOf(marks),
    biggestLead: biggestLeadOf(marks),
  };
}

function fastestSecond(marks: readonly Mark[], stepMs: number, role: Role): number {
  // Steps of a long match are longer than a second: then it is as many as in a second of the fastest of them.
  const steps = Math.max(1, Math.round(1000 / stepMs));
  const inWindow = marks.map(({ clicks }, i) => clicks[role] - (marks[i - steps]?.clicks[role] ?? 0));
  return Math.round((Math.max(...inWindow) * 1000) / (steps * stepMs));
}

function leadChangesOf(marks: readonly Mark[]): Facts['leadChanges'] {
  const changes: { at: number; to: Role }[] = [];
  let leader: Role | undefined;
  for (const { at, score } of marks) {
    const ahead = leaderOf(score);
    // Whoever was caught up with has lost the lead only when the other is past.
    if (ahead === undefined || ahead === leader) continue;
    if (leader) changes.push({ at, to: ahead });
    leader = ahead;
  }
  return { count: changes.length, last: changes.at(-1) };
}

function biggestLeadOf(marks: readonly Mark[]): Facts['biggestLead'] {
  let biggest: Facts['biggestLead'];
  for (const { at, score } of marks) {
    const by = leaderOf(score);
    const points = Math.abs(score.p1 - score.p2);
    if (by && points > (biggest?.points ?? 0)) biggest = { by, points, at };
  }
  return biggest;
}
