import { describe, expect, test } from 'vitest';
import { played } from './history-maker.ts';
import { numbersOf, table, tooLittle } from './report.ts';

describe('what is told at the end', () => {
  test('counts what happened', () => {
    const maker = played()
      .match('S', 'ada', 'bo', { startsAt: 12_000, endedAt: 15_000, reason: 'quit' })
      .fault('gateway 2', 'kill', 3_000, 4_000)
      .fault('gateway 1', 'kill', 5_000, 6_000)
      .fault('machine', 'pause', 7_000, 9_000)
      .close(16_000, 'bo', 4_001);
    maker.history.refusals.push({ at: 1, player: 'ada', connection: 1, code: 'match_over' });
    const numbers = Object.fromEntries(numbersOf(maker.history, 3));
    expect(numbers).toMatchObject({
      'fault: gateway, kill': 2,
      'faults left out, since the one before took longer': 3,
      'seconds in which the machine was too busy': 2,
      connections: 2,
      'closed 4001': 1,
      'clicks made': 60,
      'clicks acknowledged, highest told': 60,
      'clicks counted': 60,
      'refused: match_over': 1,
      matches: 2,
      'ended: by the clock': 1,
      'ended: quit': 1,
      'results recorded, two a match': 4,
    });
    expect(table(new Map([['matches', 2]]), 1)).toBe('  matches     2\n  violations  1\n');
  });

  test('tells how late matches ended, and without what Valkey was out', () => {
    const maker = played({ endedAt: 12_000 }).fault('valkey', 'kill', 9_000, 11_000);
    const numbers = numbersOf(maker.history, 0);
    expect(numbers.get('ended after the due time, ms: p50, p99, max')).toBe('2000, 2000, 2000');
    expect(numbers.get('the same without what Valkey was out')).toBe('1000, 1000, 1000');
  });

  test('says when too little happened to prove anything', () => {
    const { history } = played();
    const numbers = (matches: number) => new Map([['matches', matches]]);
    expect(tooLittle(numbers(0), history, 15)).toBe('0 matches, of at least 1');
    expect(tooLittle(numbers(1), history, 15)).toBe('0 faults, of at least 15');
    const faults = Array.from(
      { length: 15 },
      () => ({ what: 'cut', target: 'valkey', from: 1, until: 1 }) as const,
    );
    expect(tooLittle(numbers(1), { ...history, faults }, 15)).toBeUndefined();
  });
});
