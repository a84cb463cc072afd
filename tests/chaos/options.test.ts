import { describe, expect, test } from 'vitest';
import { breakages } from './breakages.ts';
import { readOptions, usage } from './options.ts';

describe('the command line', () => {
  test('has defaults, and another seed each time', () => {
    const options = readOptions([]);
    expect(options).toMatchObject({ minutes: 2, bots: 200, broken: undefined });
    expect(options).not.toEqual(readOptions([]));
  });

  test('is read', () => {
    const args = ['--minutes', '0.5', '--seed', '7', '--bots', '20', '--break', 'no-seq-check'];
    const none = { isCluster: false, waitReplicas: 0 };
    expect(readOptions(args)).toEqual({ minutes: 0.5, seed: 7, bots: 20, ...none, broken: 'no-seq-check' });
    expect(readOptions(['--cluster', '--wait', '1'])).toMatchObject({ isCluster: true, waitReplicas: 1 });
    expect(readOptions(['--help'])).toBe('help');
    expect(readOptions(['-h'])).toBe('help');
  });

  test.each([
    ['--minutes 0', '--minutes must be a number from 0.2 to 600, got "0"'],
    ['--minutes soon', '--minutes must be a number from 0.2 to 600, got "soon"'],
    ['--seed 1.5', '--seed must be a whole number from 0 to 4294967295, got "1.5"'],
    ['--bots 21', '--bots must be an even number from 10 to 1000, got "21"'],
    ['--wait all', '--wait must be a whole number from 0 to 5, got "all"'],
    ['--break it', '--break must be one of no-seq-check, '],
    ['--what', "Unknown option '--what'"],
    ['--minutes', "Option '--minutes <value>' argument missing"],
  ])('is wrong: %s', (line, message) => {
    expect(() => readOptions(line.split(' '))).toThrow(message);
  });

  test('tells every breakage, in lines that fit', () => {
    for (const { name } of breakages) expect(usage).toContain(name);
    expect(Math.max(...usage.split('\n').map((line) => line.length))).toBeLessThan(110);
  });
});
