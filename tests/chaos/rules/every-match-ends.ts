import type { Evidence, Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import type { Sitting } from '../history.ts';
import type { Line, Violation } from './violation.ts';

const rule = 'every match ends in time';

/** A match may end so late, in ms, and as much later as Valkey was out. */
const lateMs = 1_500;
/** Whoever is connected is told of the end within so long, in ms, once nothing is wrong with their gateway. */
const toldWithinMs = 1_500;
/** So far apart may the clocks be by which frames are written down and by which Valkey goes, in ms. */
const clockSlackMs = 20;
/** Whoever was there for the last so many ms of a grace, in ms, with nothing wrong, was not away. */
const presentMs = 1_500;

export function everyMatchEnds(evidence: Evidence): Violation[] {
  return [
    ...unfinished(evidence),
    ...lost(evidence),
    ...evidence.played.flatMap((played) => [
      ...(played.hash.reason === 'opponent_disconnected'
        ? byAbsence(evidence, played)
        : played.hash.reason === 'quit'
          ? byQuitting(played)
          : byTheClock(evidence, played)),
      ...played.sittings.flatMap((sitting) => untold(evidence, played, sitting)),
    ]),
  ];
}

function unfinished({ history }: Evidence): Violation[] {
  return Object.entries(history.games)
    .filter(([, { hash }]) => hash?.phase !== 'over')
    .map(([room, { hash }]) => {
      const excerpt = history.sittings.filter((sitting) => sitting.room === room).flatMap(told);
      return { rule, what: `${room} is ${hash ? 'still on in the end' : 'not in Valkey'}`, excerpt };
    });
}

/** Valkey has kept everything that it acknowledged, so no match is ever lost. */
function lost({ history }: Evidence): Violation[] {
  return history.refusals
    .filter(({ code }) => code === 'match_lost')
    .map(({ at, player, connection }) => ({
      rule,
      what: `${player} is told that the match is lost`,
      excerpt: [{ at, text: `${player} (connection ${connection}) ← ERROR match_lost` }],
    }));
}

function byTheClock(evidence: Evidence, played: Played): Violation[] {
  const { room, endsAt, endedAt } = played;
  if (endedAt < endsAt) {
    return [{ rule, what: `${room} ended ${endsAt - endedAt} ms too early`, excerpt: stored(played) }];
  }
  return tooLate(evidence, played, endsAt, 'its time');
}

function tooLate(
  evidence: Evidence,
  played: Played,
  dueAt: number,
  due: string,
  lines: Line[] = [],
): Violation[] {
  const { room, endedAt } = played;
  const outage = evidence.outageWithin(dueAt, endedAt);
  if (endedAt - dueAt <= lateMs + outage) return [];
  const what = `${room} ended ${endedAt - dueAt} ms after ${due}, of which Valkey was out for ${outage}`;
  return [{ rule, what, excerpt: [...lines, ...stored(played)] }];
}

/** It ends at once, and by one who wanted it. */
function byQuitting(played: Played): Violation[] {
  const { room, hash, endsAt, endedAt, sittings } = played;
  const loser = hash.winner === hash.p1 ? hash.p2 : hash.p1;
  const sitting = sittings.find(({ player }) => player === loser);
  if (sitting?.quitAt && sitting.quitAt <= endedAt + clockSlackMs && endedAt < endsAt) return [];
  const what = `${room} ended because ${loser} quit, who did not`;
  return [{ rule, what, excerpt: [...stored(played), ...(sitting ? told(sitting) : [])] }];
}

function byAbsence(evidence: Evidence, played: Played): Violation[] {
  const { hash, room, endedAt, endsAt, sittings } = played;
  const role = hash.winner === hash.p1 ? 'p2' : 'p1';
  const awayUntil = Number(hash[`${role}AwayUntil`]);
  const loser = hash[role] ?? '';
  const fields = ['p1AwayUntil', 'p2AwayUntil'];
  if (awayUntil === 0 || endedAt < awayUntil || awayUntil >= endsAt) {
    const what = `${room} ended by absence of ${loser}, whose grace was over at ${awayUntil || 'no time'}`;
    return [{ rule, what, excerpt: stored(played, ...fields) }];
  }
  // While both are away nobody wins: the end is due when the winner is back.
  const winner = sittings.find(({ player }) => player === hash.winner);
  const backAt = Math.max(0, ...(winner?.starts ?? []).map(({ at }) => at).filter((at) => at <= endedAt));
  const sitting = sittings.find(({ player }) => player === loser);
  const lines = [
    { at: awayUntil, text: `the grace of ${loser} is over` },
    ...(sitting ? told(sitting) : []),
    ...presences(evidence, loser, awayUntil),
  ];
  return [
    ...tooLate(evidence, played, Math.max(awayUntil, backAt), 'the grace', lines),
    ...(wasThere(evidence, loser, awayUntil)
      ? [
          {
            rule,
            what: `${loser} lost ${room} by absence, and was there`,
            excerpt: [...lines, ...stored(played)],
          },
        ]
      : []),
  ];
}

function wasThere(evidence: Evidence, player: string, awayUntil: number): boolean {
  const from = awayUntil - presentMs;
  return evidence
    .connectionsOf(player)
    .some(
      ({ openAt, closedAt, gateway }) =>
        openAt > 0 && openAt < from && closedAt > awayUntil && evidence.isCalm(gateway, from, awayUntil),
    );
}

function presences(evidence: Evidence, player: string, awayUntil: number): Line[] {
  const from = awayUntil - evidence.history.rules.graceMs - presentMs;
  return evidence
    .connectionsOf(player)
    .filter(({ beganAt, closedAt }) => beganAt < awayUntil && closedAt > from)
    .flatMap(({ number, gateway, openAt, closedAt, code }) => [
      ...(openAt
        ? [{ at: openAt, text: `${player} (connection ${number}) is connected to ${gateway}` }]
        : []),
      ...(closedAt < Number.POSITIVE_INFINITY
        ? [{ at: closedAt, text: `${player} (connection ${number}) is closed: ${code || 'by itself'}` }]
        : []),
    ]);
}

/** Whoever is connected at the end, and stays, is told of it. */
function untold(evidence: Evidence, played: Played, sitting: Sitting): Violation[] {
  const { room, endedAt } = played;
  const { player, starts, overs } = sitting;
  return [...new Set(starts.filter(({ at }) => at < endedAt).map(({ connection }) => connection))].flatMap(
    (number) => {
      const connection = evidence.connection(player, number);
      if (!connection || overs.some((over) => over.connection === number)) return [];
      const deadline = evidence.calmBy(connection.gateway, endedAt, toldWithinMs);
      if (Math.min(connection.closedAt, evidence.history.endsAt) <= deadline) return [];
      const what = `${player}, on connection ${number}, is not told that ${room} is over`;
      return [{ rule, what, excerpt: [...stored(played), ...told(sitting)] }];
    },
  );
}
