import { clicksOf, isNumbered, type NumberedClick, tallyOf } from '../clicks.ts';
import { type Evidence, endOf, type Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import type { Sitting } from '../history.ts';
import type { Violation } from './violation.ts';

const rule = 'a click made in time, where nothing is wrong, counts';

/** In time is so long before the end, in ms: a busy machine takes a while. */
const marginMs = 500;
/** And so long after the start, in ms: a client's clock may be a little ahead. */
const startMarginMs = 100;

/** Made on a connection that then held to the end, by a gateway with which nothing was wrong until then. */
export function madeInTime(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) =>
    played.sittings.flatMap((sitting) => {
      const safe = [...clicksOf(sitting)].filter((click) => isSafe(evidence, played, sitting, click));
      return isNumbered(sitting)
        ? numbered(evidence, played, sitting, safe)
        : unnumbered(evidence, played, sitting, safe);
    }),
  );
}

function isSafe(
  evidence: Evidence,
  played: Played,
  { player, starts }: Sitting,
  click: NumberedClick,
): boolean {
  const { at, connection: number } = click;
  if (at < played.startsAt + startMarginMs || at > endOf(played) - marginMs) return false;
  const connection = evidence.connection(player, number);
  if (!connection || connection.closedAt < endOf(played)) return false;
  // Before the gateway has put the player into the match it refuses clicks.
  if (!starts.some((start) => start.connection === number && start.at <= at)) return false;
  return evidence.isCalm(connection.gateway, at, endOf(played));
}

function numbered(evidence: Evidence, played: Played, sitting: Sitting, safe: NumberedClick[]): Violation[] {
  const { player, role } = sitting;
  const tally = tallyOf(played, role, evidence.history.rules);
  const lost = safe.find(({ number }) => number > tally.ack || tally.isMissing(number));
  if (!lost) return [];
  const what = `${player}'s click ${lost.number}, made ${endOf(played) - lost.at} ms before the end, does not count`;
  const line = { at: lost.at, text: `${player} (connection ${lost.connection}) makes click ${lost.number}` };
  const fields = [`${role}Ack`, `${role}Holes`];
  return [{ rule, what, excerpt: [line, ...told(sitting), ...stored(played, ...fields)] }];
}

/** It is not known which of them count: no fewer than there must be. */
function unnumbered(
  evidence: Evidence,
  played: Played,
  sitting: Sitting,
  safe: NumberedClick[],
): Violation[] {
  const { player, role } = sitting;
  const { counted } = tallyOf(played, role, evidence.history.rules);
  if (counted >= safe.length) return [];
  const what = `${player} sent ${safe.length} clicks in time, and ${counted} are counted`;
  return [{ rule, what, excerpt: [...told(sitting), ...stored(played, `${role}Counted`)] }];
}
