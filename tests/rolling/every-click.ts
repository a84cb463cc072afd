import { clicksOf, isNumbered, type NumberedClick, tallyOf } from '../chaos/clicks.ts';
import { type Evidence, endOf, type Played } from '../chaos/evidence.ts';
import { stored, told } from '../chaos/excerpt.ts';
import type { Sitting } from '../chaos/history.ts';
import type { Violation } from '../chaos/rules/violation.ts';

const rule = 'no click is lost by moving';

/** A client's clock may be so much ahead, in ms. */
const startMarginMs = 100;
/** Who is sent elsewhere is back, and what they clicked meanwhile is counted, within so long, in ms. */
const movedWithinMs = 3_000;
/** A click takes so long at most to get where it counts, in ms. */
const arrivesWithinMs = 500;
/** For so long a gateway listens to a client whom it has sent away, in ms. */
const heardForMs = 1_000;

/**
 * The chaos' rules excuse a click whose connection ends before the match does: a gateway may have died. Where gateways
 * only end, none is excused; what the machine was too busy for is no time to move in.
 */
export function everyClick(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) =>
    played.sittings.flatMap((sitting) =>
      isNumbered(sitting) ? numbered(evidence, played, sitting) : unnumbered(evidence, played, sitting),
    ),
  );
}

/** Whatever was clicked, with a connection or without one. */
function numbered(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, role } = sitting;
  const tally = tallyOf(played, role, evidence.history.rules);
  const lost = [...clicksOf(sitting)].find(
    (click) =>
      isInTime(evidence, played, click, movedWithinMs) &&
      (click.number > tally.ack || tally.isMissing(click.number)),
  );
  if (!lost) return [];
  const what = `${player}'s click ${lost.number}, made ${endOf(played) - lost.at} ms before the end, does not count`;
  return [{ rule, what, excerpt: [...told(sitting), ...stored(played, `${role}Ack`, `${role}Holes`)] }];
}

/** Whatever was sent before the client knew that it is to go elsewhere. It is not known which of them count. */
function unnumbered(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, role, starts } = sitting;
  const { counted } = tallyOf(played, role, evidence.history.rules);
  const sent = [...clicksOf(sitting)].filter((click) => {
    const { at, connection: number } = click;
    const { closedAt = 0, code = 1_006 } = evidence.connection(player, number) ?? {};
    if (!starts.some((start) => start.connection === number && start.at <= at)) return false;
    // A client that could not say goodbye in time, since the machine was too busy, is not heard to the end.
    const isCut = code === 1_006 || evidence.outageWithin(closedAt - heardForMs, closedAt) > 0;
    return !(isCut && at > closedAt - heardForMs) && isInTime(evidence, played, click, arrivesWithinMs);
  });
  if (counted >= sent.length) return [];
  const what = `${player} sent ${sent.length} clicks in time, and ${counted} are counted`;
  return [{ rule, what, excerpt: [...told(sitting), ...stored(played, `${role}Counted`)] }];
}

/** Whether it had so many ms to get where it counts. */
function isInTime(evidence: Evidence, played: Played, { at }: NumberedClick, ms: number): boolean {
  const end = endOf(played);
  return at >= played.startsAt + startMarginMs && end - at - evidence.outageWithin(at, end) >= ms;
}
