import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { flag, HelpAsked, number, numbers, OptionsError, readOptions, seed } from './options.ts';

const Options = z.object({
  players: z._default(number({ least: 1, most: 100, whole: true }), 10),
  rates: z._default(numbers({ least: 0.5, most: 1_000 }), [1, 10]),
  seed,
  write: flag,
});
const read = (line: string) => readOptions(line.split(' ').filter(Boolean), Options, 'how to use it');

test('has a default for everything', () => {
  expect(read('')).toEqual({ players: 10, rates: [1, 10], seed: 1, write: false });
});

test('reads all of them', () => {
  expect(read('--players 7 --rates 0.5,20 --seed 0 --write')).toEqual({
    players: 7,
    rates: [0.5, 20],
    seed: 0,
    write: true,
  });
});

test.each([
  ['--players 0', /^--players: must be a whole number from 1 to 100, got "0"$/],
  ['--players 2.5', /^--players: must be a whole number/],
  ['--players=', /^--players: .*, got ""$/],
  [
    '--rates 1,fast',
    /^--rates: must be a list like 1,10 of which each is a number from 0.5 to 1000, got "fast"$/,
  ],
  ['--rates 1,', /^--rates: .*, got ""$/],
  ['--seed -1', /--seed/],
  ['--write=yes', /--write/],
  ['--speed 3', /'--speed'.*--help/],
  ['again', /'again'.*--help/],
])('%s', (line, message) => {
  expect(() => read(line)).toThrow(OptionsError);
  expect(() => read(line)).toThrow(message);
});

test('helps, whatever else is asked for', () => {
  expect(() => read('--help --players 0')).toThrow(HelpAsked);
  expect(() => read('--help')).toThrow(/^how to use it$/);
});
