import { expect, test } from 'vitest';
import { ClockOffset } from './clock-offset.ts';

test('the sample with the shortest round trip counts', () => {
  const offset = new ClockOffset(3);
  expect(offset.ms).toBe(0);
  offset.add(100, 300, 1_400);
  expect(offset.ms).toBe(1_200);
  offset.add(400, 410, 1_405);
  expect(offset.ms).toBe(1_000);
  offset.add(500, 700, 1_900);
  expect(offset.ms).toBe(1_000);
});

test('old samples go, for clocks drift', () => {
  const offset = new ClockOffset(2);
  offset.add(0, 0, 1_000);
  offset.add(10, 20, 1_025);
  offset.add(30, 40, 1_045);
  expect(offset.ms).toBe(1_010);
  offset.forget();
  expect(offset.isKnown).toBe(false);
  expect(offset.ms).toBe(0);
});
