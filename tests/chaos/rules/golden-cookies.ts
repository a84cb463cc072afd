import { type Evidence, endOf, type Played } from '../evidence.ts';
import { stored } from '../excerpt.ts';
import type { Sitting } from '../history.ts';
import type { Violation } from './violation.ts';

const rule = 'golden cookies come one after the other, in time and never too early';

/** One may come so late, in ms, and as much later as Valkey was out. */
const lateMs = 1_500;

export function goldenCookies(evidence: Evidence): Violation[] {
  return evidence.played.flatMap((played) => [
    ...tooMany(evidence, played),
    ...tooLate(evidence, played),
    ...played.sittings.flatMap((sitting) => outOfOrder(played, sitting)),
  ]);
}

function tooMany({ history: { rules } }: Evidence, played: Played): Violation[] {
  const { room, hash, startsAt, endedAt } = played;
  const most = Math.max(0, Math.floor((endedAt - startsAt) / rules.goldenGapMs[0]));
  if (Number(hash.goldenId) <= most) return [];
  const what = `${hash.goldenId} golden cookies in ${room}, in ${endedAt - startsAt} ms of play`;
  return [{ rule, what, excerpt: stored(played, 'goldenId') }];
}

/** The next one was due, and had not come when the match ended. */
function tooLate(evidence: Evidence, played: Played): Violation[] {
  const { room, hash } = played;
  const dueAt = Number(hash.goldenDue);
  const until = endOf(played);
  const outage = evidence.outageWithin(dueAt, until);
  if (until - dueAt <= lateMs + outage) return [];
  const what = `a golden cookie of ${room} was due ${until - dueAt} ms before its end and did not come`;
  return [
    { rule, what, excerpt: [{ at: dueAt, text: 'a golden cookie is due' }, ...stored(played, 'goldenId')] },
  ];
}

function outOfOrder(played: Played, { player, spawns }: Sitting): Violation[] {
  const latest = new Map<number, number>();
  for (const { at, connection, id } of spawns) {
    const before = latest.get(connection) ?? 0;
    if (id <= before) {
      const what = `${player} is told of golden cookie ${id} after ${before}`;
      const line = { at, text: `${player} (connection ${connection}) ← COOKIE_SPAWN ${id}` };
      return [{ rule, what, excerpt: [line, ...stored(played, 'goldenId')] }];
    }
    latest.set(connection, id);
  }
  return [];
}
