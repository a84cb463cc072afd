import { describe, expect, test } from 'vitest';
import { joined, wrong } from '../tales.ts';

describe('whoever has left the queue', () => {
  /** Ada leaves at 200 ms, which is answered at 210 ms. */
  const left = (answer: [type: string, payload: object]) =>
    joined()
      .send(200, 'ada', 'LEAVE_QUEUE')
      .send(201, 'ada', 'QUIT_GAME')
      .tell(210, 'ada', ...answer);
  const notIn: [string, object] = ['ERROR', { code: 'not_in_match' }];
  const found = 'ada is in R without having asked again';

  test('is put into no match but one that was on its way', () => {
    expect(wrong(left(notIn).match(1_300, 'R', 'ada', 'bo'))).toEqual([found]);
    expect(wrong(left(notIn).match(1_100, 'R', 'ada', 'bo'))).toEqual([]);
    // It was held up by the death of a matchmaker.
    expect(wrong(left(notIn).match(3_900, 'R', 'ada', 'bo').fault(50, 'killed'))).toEqual([]);
    expect(wrong(left(notIn).match(4_100, 'R', 'ada', 'bo').fault(50, 'killed'))).toEqual([found]);
  });

  test('is not in the queue', () => {
    expect(wrong(left(notIn).ticket(211, 'ada', '{}').close(300, 'bo'))).toEqual(['ada still waits']);
    expect(wrong(left(notIn).ticket(211, 'ada', '').close(300, 'bo'))).toEqual([]);
    expect(wrong(left(notIn).ticket(211, 'ada', '@R').close(300, 'bo'))).toEqual([]);
    expect(wrong(left(notIn).ticket(209, 'ada', '{}').close(300, 'bo'))).toEqual([]);
    const again = left(notIn).send(220, 'ada', 'JOIN_QUEUE').ticket(221, 'ada', '{}');
    expect(wrong(again.close(300, 'bo'))).toEqual([]);
  });

  test('is not there by a ticket of an older connection, which is another matter', () => {
    const moved = joined().connect(150, 'ada').send(200, 'ada', 'LEAVE_QUEUE').send(201, 'ada', 'QUIT_GAME');
    moved.tell(210, 'ada', ...notIn).ticket(211, 'ada', '{}');
    expect(wrong(moved)).toEqual([]);
  });

  test('is put into no match, whatever connection it is told to', () => {
    expect(wrong(left(notIn).connect(3_000, 'ada').match(4_300, 'R', 'ada', 'bo'))).toEqual([found]);
  });

  test.each(['JOIN_QUEUE', 'REMATCH'])('is put into one after %s', (type) => {
    expect(wrong(left(notIn).send(3_000, 'ada', type).match(4_300, 'R', 'ada', 'bo'))).toEqual([]);
  });

  test('has left if the leaving was dealt with for certain', () => {
    expect(wrong(left(['PONG', {}]).match(4_300, 'R', 'ada', 'bo'))).toEqual([]);
  });
});
