import { clicksOf, isNumbered, tallyOf } from '../clicks.ts';
import { type Evidence, endOf, type Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import type { Sitting } from '../history.ts';
import type { Line, Violation } from './violation.ts';

const rule = 'no click counts from before the start or after the end';

/** So far apart may the clocks be by which clicks are written down and by which Valkey goes, in ms. */
const clockSlackMs = 20;
/** So long may a click be on its way when nothing is wrong, in ms: one made just before the start may count. */
const onItsWayMs = 150;

export function onlyInTheWindow(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) =>
    played.sittings.flatMap((sitting) =>
      isNumbered(sitting) ? numbered(evidence, played, sitting) : unnumbered(evidence, played, sitting),
    ),
  );
}

function numbered(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, role, acks } = sitting;
  const tally = tallyOf(played, role, evidence.history.rules);
  const broken = (what: string, line: Line) => {
    return { rule, what, excerpt: [line, ...told(sitting), ...stored(played, `${role}Ack`)] };
  };
  const early = acks.find(({ ack, at }) => ack > 0 && at < played.startsAt - clockSlackMs);
  if (early) {
    const line = { at: early.at, text: `${player} (connection ${early.connection}) ← ack ${early.ack}` };
    return [broken(`${player} is told of a click ${played.startsAt - early.at} ms before the start`, line)];
  }
  // Of those with the same number the first may be the one that counts.
  const firstMade = new Map<number, number>();
  for (const { number, at } of clicksOf(sitting)) {
    firstMade.set(number, Math.min(at, firstMade.get(number) ?? Number.POSITIVE_INFINITY));
  }
  for (const [number, at] of firstMade) {
    if (at <= endOf(played) + clockSlackMs || number > tally.ack || tally.isMissing(number)) continue;
    const line = { at, text: `${player} makes click ${number}` };
    return [broken(`${player}'s click ${number} counts, made ${at - endOf(played)} ms after the end`, line)];
  }
  return [];
}

/** It is not known which of them count: no more than there may be. */
function unnumbered(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, role } = sitting;
  const { counted } = tallyOf(played, role, evidence.history.rules);
  let most = 0;
  for (const { at, connection } of clicksOf(sitting)) {
    if (at > endOf(played) + clockSlackMs) continue;
    const gateway = evidence.connection(player, connection)?.gateway ?? '';
    // An early one counts if it comes late, as it may when something is wrong.
    const isInTime = at > played.startsAt - onItsWayMs || !evidence.isCalm(gateway, at, played.startsAt);
    if (isInTime) most++;
  }
  if (counted <= most) return [];
  const what = `${player} sent ${most} clicks in the window, and ${counted} are counted`;
  return [{ rule, what, excerpt: [...told(sitting), ...stored(played, `${role}Counted`)] }];
}
