import { expect, test } from 'vitest';
import { click, newMatch, tick } from './match.ts';

test('the owner ticks, and another gateway once the owner is dead', () => {
  const match = newMatch('room', 'a', 0);
  expect(tick(match, 'a', 1_000)?.timeRemaining).toBe(match.timeRemaining - 1);
  expect(tick(match, 'b', 1_000)).toBeUndefined();
  expect(tick(match, 'b', 3_001)).toMatchObject({ owner: 'b', tickedAt: 3_001 });
});

test('no click counts when the time is up', () => {
  const over = tick({ ...newMatch('room', 'a', 0), timeRemaining: 1 }, 'a', 1_000);
  expect(over).toMatchObject({ timeRemaining: 0, status: 'over' });
  expect(over && click(over, 'p1')).toBeUndefined();
});
