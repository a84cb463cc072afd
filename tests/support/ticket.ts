import type { Ticket } from '@overcookied/shared/queue/queue.ts';

/** Of a player in the common queue, connected by gateway `g`. @param over what is to be different */
export const ticketOf = (id: string, over: Partial<Ticket> = {}): Ticket => ({
  id,
  name: id,
  picture: '',
  gateway: 'g',
  connection: 1,
  mode: 'ranked',
  ...over,
});
