import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HelpAsked, OptionsError } from '../options.ts';
import { measures, readSideBySide } from './options.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (line: string) => readSideBySide(line.split(' ').filter(Boolean));

test('measures everything of everybody unless told', () => {
  expect(read('')).toEqual({
    quick: false,
    only: measures,
    names: ['floor', 'node', 'bun', 'original', 'socketio', 'colyseus'],
    rounds: 5,
    out: `${root}docs/benchmarks`,
  });
});

test.each(['--quick', '--rounds 5', '--only clicks', '--contenders node'])(
  '%s is not written over the figures of a whole run unless asked',
  (line) => {
    expect(read(line).out).toBe(`${root}.overcookied/bench`);
    expect(read(`${line} --out there`).out).toBe('there');
  },
);

test('a quick run has one round, and any other number when asked', () => {
  expect(read('--quick')).toMatchObject({ quick: true, rounds: 1 });
  expect(read('--quick --rounds 3').rounds).toBe(3);
  expect(read('--quick').only).not.toContain('matchmaking');
  expect(read('--quick --only matchmaking').only).toEqual(['matchmaking']);
});

test('the floor is always there, and first', () => {
  expect(read('--contenders bun,deno').names).toEqual(['floor', 'bun', 'deno']);
  expect(read('--contenders node,floor').names).toEqual(['floor', 'node']);
});

test.each([
  ['--only speed', /^--only: must be a list like clicks,capacity out of .*, got "speed"$/],
  ['--contenders node,rhino', /^--contenders: must be .* "rhino"$/],
  ['--rounds 0', /^--rounds: must be a whole number from 1 to 20, got "0"$/],
  ['--out=', /^--out: must name a folder$/],
  ['--fast', /'--fast'/],
])('%s', (line, message) => {
  expect(() => read(line)).toThrow(OptionsError);
  expect(() => read(line)).toThrow(message);
});

test('helps', () => {
  expect(() => read('--help')).toThrow(HelpAsked);
});
