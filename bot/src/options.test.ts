import { describe, expect, test } from 'vitest';
import { OptionsError, readOptions } from './options.ts';

describe('readOptions', () => {
  test('has a default for everything that needs one', () => {
    expect(readOptions([])).toEqual({ players: 20, cps: 8, url: ['ws://localhost:8080'] });
  });

  test('reads all of them', () => {
    const line = '--players 200 --cps 6.5 --url ws://a:1,ws://b:2 --minutes 0.5 --matches 3 --seed 0';
    expect(readOptions(line.split(' '))).toEqual({
      players: 200,
      cps: 6.5,
      url: ['ws://a:1', 'ws://b:2'],
      minutes: 0.5,
      matches: 3,
      seed: 0,
    });
  });

  test('takes web addresses for those of WebSockets', () => {
    expect(readOptions(['--url', 'http://a:1/, https://b'])).toMatchObject({ url: ['ws://a:1', 'wss://b'] });
  });

  test('helps', () => {
    expect(readOptions(['--help'])).toBe('help');
    expect(readOptions(['-h', '--players', '0'])).toBe('help');
  });

  test.each([
    ['--players 0', /^--players: must be a whole number from 1 to 20000, got "0"$/],
    ['--players many', /^--players: .*, got "many"$/],
    ['--players 2.5', /^--players: must be a whole number/],
    ['--players=', /^--players: .*, got ""$/],
    ['--cps -1', /--cps/],
    ['--cps=0', /^--cps: must be a number from 0.1 to 200, got "0"$/],
    ['--cps Infinity', /^--cps: /],
    ['--url localhost:8080', /^--url: must be addresses like ws:.*"localhost:8080"/],
    ['--url ws://a,ftp://b', /^--url: .*"ftp:\/\/b"/],
    ['--url ws://a/ws?token=1', /^--url: must be/],
    ['--minutes 0', /^--minutes: must be a number from 0.01 to 1440/],
    ['--matches 1.5', /^--matches: must be a whole number/],
    ['--seed=-1', /^--seed: must be a whole number from 0/],
    ['--speed 3', /'--speed'.*--help/],
    ['20', /'20'.*--help/],
  ])('refuses %s in one line', (line, message) => {
    const read = () => readOptions(line.split(' '));
    expect(read).toThrow(OptionsError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/\n/);
  });
});
