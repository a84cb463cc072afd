import type { Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'when nobody wants anything any more, nothing is left over';

export function nothingLeft({ records }: Story): Violation[] {
  const { queue, tickets, pending, presences, games } = records;
  const left = [
    ...queue.map((player) => `${player} is still in the queue`),
    ...Object.entries(tickets).map(([player, ticket]) => `${player} still has the ticket ${ticket}`),
    ...Object.entries(pending).map(([room, pair]) => `${room} is still to be announced: ${pair}`),
    ...Object.entries(presences)
      .filter(([, { room }]) => room && games[room]?.phase !== 'over')
      .map(([player, { room }]) => `${player} is still in ${room}`),
  ];
  return left.map((what) => ({ rule, what, excerpt: [] }));
}
