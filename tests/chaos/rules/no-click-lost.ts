import { isNumbered, tallyOf } from '../clicks.ts';
import type { Evidence, Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import type { Sitting } from '../history.ts';
import type { Line, Violation } from './violation.ts';

const rule = 'no acknowledged click is lost';

/**
 * Whatever number a player was told to be dealt with stays dealt with, and every number up to it is counted, unless
 * it never came. Nobody here clicks faster than the rate, so that none is dropped for that.
 */
export function noClickLost(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) =>
    played.sittings.filter(isNumbered).flatMap((sitting) => lost(evidence, played, sitting)),
  );
}

function lost(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, role, acks } = sitting;
  const tally = tallyOf(played, role, evidence.history.rules);
  const fields = [`${role}Ack`, `${role}Counted`, `${role}Holes`];
  const highest = acks.at(-1);
  const violations: Violation[] = [];
  const broken = (what: string, lines: Line[]) =>
    violations.push({ rule, what, excerpt: [...lines, ...stored(played, ...fields)] });
  if (highest && highest.ack > tally.ack) {
    const line = {
      at: highest.at,
      text: `${player} (connection ${highest.connection}) ← ack ${highest.ack}`,
    };
    broken(`${player} was told that ${highest.ack} clicks are dealt with; in the end it is ${tally.ack}`, [
      line,
    ]);
  }
  const back = fallsBack(evidence, sitting);
  if (back) broken(`${player} comes back, and less is dealt with than was told before`, back);
  const due = tally.ack - tally.missing;
  if (tally.counted < due) {
    broken(`${player} has ${due} clicks dealt with, of which ${tally.counted} are counted`, told(sitting));
  }
  if (tally.clicks < tally.counted) {
    broken(`${player} has ${tally.counted} clicks counted, and ${tally.clicks} in the score`, told(sitting));
  }
  return violations;
}

/**
 * A connection that was begun after an acknowledgement was told knows of it. A gateway that has just found Valkey again
 * may know a match as it was before, and say so, for the moment until it has subscribed and read it anew; that is put
 * right by itself, so it counts only where nothing is wrong, nor just was.
 */
function fallsBack(evidence: Evidence, { player, starts, acks }: Sitting): Line[] | undefined {
  for (const start of starts) {
    const { beganAt = 0, gateway = '' } = evidence.connection(player, start.connection) ?? {};
    if (!evidence.isCalm(gateway, beganAt, start.at)) continue;
    const before = acks.findLast(({ at }) => at < beganAt);
    if (!before || before.ack <= start.ack) continue;
    return [
      { at: before.at, text: `${player} (connection ${before.connection}) ← ack ${before.ack}` },
      { at: start.at, text: `${player} (connection ${start.connection}) ← GAME_START, ack ${start.ack}` },
    ];
  }
  return undefined;
}
