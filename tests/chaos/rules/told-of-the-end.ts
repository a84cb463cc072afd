import { isNumbered } from '../clicks.ts';
import type { Evidence, Played } from '../evidence.ts';
import { connected, stored, told } from '../excerpt.ts';
import type { Connection, Sitting } from '../history.ts';
import type { Violation } from './violation.ts';

const rule = 'whoever is there at the end of a match, or comes back after it, is told how it ended';

/** So soon, in ms, once nothing is wrong with their gateway any more. */
const withinMs = 1_500;
/** So long after the end connections are shown, in ms. */
const shownMs = 6_000;

export function toldOfTheEnd(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) =>
    played.sittings.flatMap((sitting) => [
      ...there(evidence, played, sitting),
      ...back(evidence, played, sitting),
    ]),
  );
}

/** On each connection that had been told of the match and stays. */
function there(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { player, starts, overs } = sitting;
  const numbers = new Set(starts.filter(({ at }) => at < played.endedAt).map(({ connection }) => connection));
  return [...numbers].flatMap((number) => {
    const connection = evidence.connection(player, number);
    if (!connection || overs.some((over) => over.connection === number)) return [];
    return lasts(evidence, connection, played.endedAt) ? [untold(evidence, played, sitting, number)] : [];
  });
}

/**
 * On a connection that a page which knows of the match makes after its end. A reloaded page knows of none, and the
 * protocol of the original has no means to say which match a client still shows.
 */
function back(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  if (!isNumbered(sitting)) return [];
  const { player, starts, overs } = sitting;
  const pageOf = (number: number) => evidence.connection(player, number)?.page ?? 0;
  const pages = new Set(starts.map(({ connection }) => pageOf(connection)));
  for (const { connection } of overs) pages.delete(pageOf(connection));
  const returns = evidence
    .connectionsOf(player)
    .filter(({ page, openAt }) => pages.has(page) && openAt > played.endedAt)
    .filter((connection) => lasts(evidence, connection, connection.openAt))
    .filter((connection) => !isInNext(evidence, played, connection));
  return returns.slice(0, 1).map(({ number }) => untold(evidence, played, sitting, number));
}

/** Another page of the player has heard the end and begun the next match: a page that comes back then is told of that. */
function isInNext(
  evidence: Evidence,
  { room }: Played,
  { player, number, gateway, openAt }: Connection,
): boolean {
  const deadline = evidence.calmBy(gateway, openAt, withinMs);
  return evidence.startsOn(player, number).some((start) => start.room !== room && start.at <= deadline);
}

/** Whether a connection holds for so long after this moment that it should have been told. */
function lasts(evidence: Evidence, { gateway, closedAt }: Connection, from: number): boolean {
  return Math.min(closedAt, evidence.history.endsAt) > evidence.calmBy(gateway, from, withinMs);
}

function untold(evidence: Evidence, played: Played, sitting: Sitting, number: number): Violation {
  const { player } = sitting;
  const what = `${player}, on connection ${number}, is not told that ${played.room} is over`;
  const from = Math.min(...sitting.starts.map(({ at }) => at));
  const connections = connected(evidence, player, from, played.endedAt + shownMs);
  return { rule, what, excerpt: [...stored(played), ...told(sitting), ...connections] };
}
