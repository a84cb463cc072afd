import { describe, expect, test } from 'vitest';
import { check } from './checker.ts';
import { describeViolation } from './excerpt.ts';
import { HistoryMaker, played } from './history-maker.ts';

describe('a violation', () => {
  test('is not found where there is none', () => {
    expect(played().wrong).toEqual([]);
    expect(new HistoryMaker().wrong).toEqual([]);
    expect(played({ clicks: [0, 0], claims: 1 }).wrong).toEqual([]);
  });

  test('is told with what shows it, the faults of that time, and names', () => {
    const maker = played()
      .fault('valkey', 'kill', 9_000, 9_500)
      .fault('gateway 2', 'cut', 9_100, 9_100)
      .fault('gateway 2', 'cut', 20_000, 20_000)
      .fault('gateway 3', 'cut', 9_200, 9_200)
      .fault('game-ticker 1', 'cut', 9_300, 9_300);
    maker.history.names.ada = 'Ada';
    maker.hash('R').p2Ack = '9';
    maker.hash('R').p2Counted = '9';
    const text =
      check(maker.history).map((violation) => describeViolation(violation, maker.history))[0] ?? '';
    expect(text).toContain(
      'no acknowledged click is lost:\n  bo was told that 10 clicks are dealt with; in the end it is 9',
    );
    expect(text).toContain('2.955 s  bo (connection 1) ← ack 10');
    expect(text).toContain('9.000 s  fault: valkey, kill, made good after 0.500 s');
    // Of a gateway where one of the two was, at that time; the ticker has nothing to do with clicks.
    expect(text).toContain('9.100 s  fault: gateway 2, cut, made good after 0.000 s');
    expect(text.match(/fault:/g)).toHaveLength(2);
  });
});
