import { clicksOf, isNumbered, tallyOf } from '../clicks.ts';
import type { Evidence, Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import type { Sitting } from '../history.ts';
import type { Violation } from './violation.ts';

const rule = 'no click or claim is counted twice, or comes from nowhere';

export function noneCountedTwice(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) => [
    ...played.sittings.flatMap((sitting) => clicks(evidence, played, sitting)),
    ...claims(evidence, played),
  ]);
}

function clicks(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, role, pages, claims: claimed } = sitting;
  const tally = tallyOf(played, role, evidence.history.rules);
  const wrong: string[] = [];
  if (tally.clicks > tally.counted) {
    wrong.push(`${player} has ${tally.counted} clicks counted, and ${tally.clicks} in the score`);
  }
  if (tally.claims > claimed)
    wrong.push(`${player} claimed ${claimed} times, and ${tally.claims} claims count`);
  if (isNumbered(sitting)) {
    const highest = [...clicksOf(sitting)].reduce((most, { number }) => Math.max(most, number), 0);
    if (tally.ack > highest) wrong.push(`${player} made ${highest} clicks, and ${tally.ack} are dealt with`);
    const due = tally.ack - tally.missing;
    if (tally.counted > due) {
      wrong.push(`${player} has ${due} clicks dealt with, and ${tally.counted} are counted`);
    }
  } else {
    const sent = pages.reduce((sum, { made }) => sum + made.length, 0);
    if (tally.counted > sent) wrong.push(`${player} sent ${sent} clicks, and ${tally.counted} are counted`);
  }
  const excerpt = () => [...told(sitting), ...stored(played, `${role}Ack`, `${role}Counted`, `${role}Holes`)];
  return wrong.map((what) => ({ rule, what, excerpt: excerpt() }));
}

function claims(evidence: Evidence, played: Played): Violation[] {
  const { rules } = evidence.history;
  const [p1, p2] = (['p1', 'p2'] as const).map((role) => tallyOf(played, role, rules).claims) as [
    number,
    number,
  ];
  const spawned = Number(played.hash.goldenId);
  if (p1 + p2 <= spawned) return [];
  const what = `${p1} and ${p2} claims count in ${played.room}, of ${spawned} golden cookies`;
  return [{ rule, what, excerpt: stored(played, 'goldenId', 'goldenClaimed') }];
}
