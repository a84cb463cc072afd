import { describe, expect, test } from 'vitest';
import { played, wrong } from '../tales.ts';

describe('when nobody wants anything any more, nothing is left over', () => {
  test('in the queue', () => {
    const maker = played();
    maker.records.queue.push('ada');
    maker.records.tickets.bo = '@R';
    maker.records.pending.S = '{}';
    expect(wrong(maker)).toEqual([
      'ada is still in the queue',
      'bo still has the ticket @R',
      'S is still to be announced: {}',
    ]);
  });

  test('where the players are: in no match that is on or gone', () => {
    const maker = played();
    maker.records.presences.ada = { room: 'R', gateway: 'g' };
    maker.records.presences.bo = { lastRoom: 'S' };
    expect(wrong(maker)).toEqual([]);
    maker.records.presences.ada = { room: 'S' };
    expect(wrong(maker)).toEqual(['ada is still in S']);
  });
});
