import { describe, expect, test } from 'vitest';
import { check, describeViolation } from './checker.ts';
import { HistoryMaker } from './history-maker.ts';
import { join, played, wrong } from './tales.ts';

describe('a violation', () => {
  test('is not found where there is none', () => {
    expect(wrong(played())).toEqual([]);
    expect(wrong(new HistoryMaker())).toEqual([]);
  });

  test('is told with the events that show it, and the time since the beginning', () => {
    const maker = join(200, played().connect(0, 'cy'), 'cy');
    maker.match(500, 'S', 'ada', 'cy');
    const [violation] = check(maker.history);
    const text = violation && describeViolation(violation, maker.history);
    expect(text).toContain('nobody is in two matches at once:\n  ada is told of S while in R\n');
    expect(text).toMatch(/ {4}0\.200 s {2}ada \(connection 1\) ← GAME_START .*"R"/);
    expect(text).toMatch(/ {4}0\.500 s {2}ada \(connection 1\) ← GAME_START .*"S"/);
    expect(text?.split('\n')).toHaveLength(4);
  });
});
