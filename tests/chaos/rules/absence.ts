import type { Evidence, Played } from '../evidence.ts';
import { connected, stored, told } from '../excerpt.ts';
import { lateness } from './lateness.ts';
import type { Violation } from './violation.ts';

const rule = 'who stays away for longer than the grace loses then, and nobody else does';

/** Whoever was there for the last so many ms of a grace, with nothing wrong, was not away. */
const presentMs = 1_500;

export function absence(evidence: Evidence): Violation[] {
  return evidence.played
    .filter(({ hash }) => hash.reason === 'opponent_disconnected')
    .flatMap((played) => byAbsence(evidence, played));
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
    ...connected(evidence, loser, awayUntil - evidence.history.rules.graceMs - presentMs, awayUntil),
  ];
  const late = lateness(evidence, played, Math.max(awayUntil, backAt), 'the grace');
  const excerpt = [...lines, ...stored(played, ...fields)];
  return [
    ...(late ? [{ rule, what: late, excerpt }] : []),
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
