import type { Evidence, Played } from '../evidence.ts';
import { stored, told } from '../excerpt.ts';
import { lateness } from './lateness.ts';
import type { Violation } from './violation.ts';

const rule = 'every match ends, and in time';

/** So far apart may the clocks be by which frames are written down and by which Valkey goes, in ms. */
const clockSlackMs = 20;

export function everyMatchEnds(evidence: Evidence): Violation[] {
  return [
    ...unfinished(evidence),
    ...lost(evidence),
    ...evidence.played.flatMap((played) => {
      if (played.hash.reason === 'opponent_disconnected') return [];
      return played.hash.reason === 'quit' ? byQuitting(played) : byTheClock(evidence, played);
    }),
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
  const late = lateness(evidence, played, endsAt, 'its time');
  return late ? [{ rule, what: late, excerpt: stored(played) }] : [];
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
