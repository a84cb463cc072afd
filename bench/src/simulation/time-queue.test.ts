import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeQueue } from './time-queue.ts';

test('gives back what was put in, earliest first, also when it is used in between', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 }))), (steps) => {
      const queue = new TimeQueue<number>();
      const expected: number[] = [];
      for (const step of steps) {
        if (step === null) expect(queue.take()).toBe(expected.shift());
        else {
          queue.add(step, step);
          expected.push(step);
          expected.sort((a, b) => a - b);
        }
        expect(queue.nextAt).toBe(expected[0] ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});
