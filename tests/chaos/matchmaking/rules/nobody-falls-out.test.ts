import { describe, expect, test } from 'vitest';
import { HistoryMaker } from '../history-maker.ts';
import { invite, join, joined, played, wrong } from '../tales.ts';

describe('of two who want each other, neither waits for longer than it takes', () => {
  const together = (ms: number) => joined().close(100 + ms, 'bo');

  test('in the queue: until any rating is good enough, and a little more', () => {
    expect(wrong(together(9_100))).toEqual(['ada and bo wait together for 9100 ms (ranked)']);
    expect(wrong(together(8_900))).toEqual([]);
    const apart = join(8_000, new HistoryMaker().connect(0, 'ada', 'bo'), 'ada', 'bo').close(7_000, 'ada');
    expect(wrong(apart)).toEqual([]);
  });

  test('by a code, and once more: at once', () => {
    const friends = (code: string, ms: number) =>
      new HistoryMaker()
        .connect(0, 'ada', 'bo')
        .send(100, 'ada', 'JOIN_QUEUE', invite('x'))
        .send(100, 'bo', 'JOIN_QUEUE', invite(code))
        .close(100 + ms, 'bo');
    expect(wrong(friends('x', 4_100))).toEqual(['ada and bo wait together for 4100 ms (code x)']);
    expect(wrong(friends('x', 3_900))).toEqual([]);
    expect(wrong(friends('y', 9_900))).toEqual([]);
    const again = (ms: number) =>
      played()
        .send(1_200, 'ada', 'REMATCH')
        .send(1_200, 'bo', 'REMATCH')
        .close(1_200 + ms, 'ada');
    expect(wrong(again(4_100))).toEqual(['ada and bo wait together for 4100 ms (rematch of R)']);
    expect(wrong(again(3_900))).toEqual([]);
  });

  test('but longer when a matchmaker fails', () => {
    expect(wrong(together(9_100).fault(6_000, 'stopped'))).toEqual([]);
    expect(wrong(together(10_100).fault(6_000, 'stopped'))).not.toEqual([]);
    expect(wrong(together(10_100).fault(6_000, 'stopped').fault(9_500, 'killed'))).toEqual([]);
    expect(wrong(together(9_100).fault(2_000, 'stopped'))).not.toEqual([]);
    const none = () => together(11_000).fault(5_000, 'stopped').fault(6_000, 'killed', 'matchmaker 2');
    expect(wrong(none())).not.toEqual([]);
    expect(wrong(none().fault(7_500, 'ready', 'matchmaker 2'))).toEqual([]);
    expect(wrong(together(11_000).fault(6_000, 'killed').fault(7_500, 'ready'))).not.toEqual([]);
    expect(wrong(together(9_100).fault(6_000, 'killed', 'gateway 1'))).not.toEqual([]);
  });

  test.each<[string, (maker: HistoryMaker) => unknown]>([
    ['leaves', (maker) => maker.send(5_000, 'bo', 'LEAVE_QUEUE')],
    ['is refused', (maker) => maker.tell(5_000, 'bo', 'ERROR', { code: 'unavailable' })],
    ['wants something else', (maker) => maker.send(5_000, 'bo', 'JOIN_QUEUE', invite('x'))],
    ['begins another connection', (maker) => maker.connect(5_000, 'bo')],
  ])('unless one of them %s', (_, does) => {
    const maker = together(40_000);
    does(maker);
    expect(wrong(maker)).toEqual([]);
  });

  test.each<[string, (maker: HistoryMaker) => unknown]>([
    ['asks again', (maker) => maker.send(5_000, 'bo', 'JOIN_QUEUE')],
    ['is told something else', (maker) => maker.tell(5_000, 'bo', 'ERROR', { code: 'not_in_match' })],
  ])('also if one of them %s', (_, does) => {
    const maker = together(40_000);
    does(maker);
    expect(wrong(maker)).toEqual(['ada and bo wait together for 40000 ms (ranked)']);
  });

  test('in the end too', () => {
    const maker = joined();
    expect(wrong(maker)).toEqual(['ada and bo wait together for 59900 ms (ranked)']);
    maker.endsAt = 9_000;
    expect(wrong(maker)).toEqual([]);
    expect(wrong(join(100, new HistoryMaker().connect(0, 'ada'), 'ada'))).toEqual([]);
  });
});
