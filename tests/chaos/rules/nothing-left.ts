import type { Evidence } from '../evidence.ts';
import type { Violation } from './violation.ts';

const rule = 'when nobody wants anything any more, nothing is left over';

export function nothingLeft({ history: { left, games, endsAt } }: Evidence): Violation[] {
  const { queue, tickets, pending, presences } = left;
  const found = [
    ...queue.map((player) => `${player} is still in the queue`),
    ...Object.entries(tickets).map(([player, ticket]) => `${player} still has the ticket ${ticket}`),
    ...Object.entries(pending).map(([room, pair]) => `${room} is still to be announced: ${pair}`),
    ...Object.entries(presences)
      // A match that is over may stand there until the player's next one.
      .filter(([, { room }]) => room && games[room]?.hash?.phase !== 'over')
      .map(([player, { room }]) => `${player} is still in ${room}`),
  ];
  return found.map((what) => ({ rule, what, excerpt: [{ at: endsAt, text: 'the end of the run' }] }));
}
