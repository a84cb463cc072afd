import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  test('is the same for the same path', () => {
    expect(take(new Random(7, 3, 1), 20)).toEqual(take(new Random(7, 3, 1), 20));
  });

  test.each([[[8, 3, 1]], [[7, 4, 1]], [[7, 3, 2]], [[3, 7, 1]], [[7, 3]]])(
    'is another for the path %j',
    (path) => {
      expect(take(new Random(...path), 3)).not.toEqual(take(new Random(7, 3, 1), 3));
    },
  );

  test('is uniform', () => {
    const random = new Random(1);
    const counts = new Array<number>(10).fill(0);
    for (const value of take(random, 100_000))
      counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('stays between its bounds', () => {
    const random = new Random(2);
    for (let i = 0; i < 1_000; i++) {
      const value = random.between(150, 600);
      expect(value).toBeGreaterThanOrEqual(150);
      expect(value).toBeLessThan(600);
    }
  });

  test('takes chances as often as told', () => {
    const random = new Random(3);
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.1)).filter(Boolean).length;
    expect(Math.abs(hits - 1_000)).toBeLessThan(100);
  });
});
