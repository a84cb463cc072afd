import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSteps, writeSteps } from './steps.ts';

test('steps are digits, and what has more is in brackets', () => {
  expect(writeSteps([0, 3, 35, 36, 100, 0, 0])).toBe('03z(36)(100)');
  expect(writeSteps([])).toBe('');
});

test('what was written is read again, but for the zeros at its end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500)), (numbers) => {
      const read = readSteps(writeSteps(numbers));
      expect([...read, ...numbers.slice(read.length).fill(0)]).toEqual(numbers);
      expect(numbers.slice(read.length).every((number) => number === 0)).toBe(true);
    }),
  );
});

test.each(['(', '1(2', '-1', '(a)', 'A'])('"%s" is no row of steps', (text) => {
  expect(() => readSteps(text)).toThrow('not a row of steps');
});
