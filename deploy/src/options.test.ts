import { expect, test } from 'vitest';
import { HelpAsked, OptionsError } from '../../bench/src/options.ts';
import { findEnvironments, readOptions } from './options.ts';

const read = (line: string) => readOptions(line.split(' ').filter(Boolean), ['production', 'staging']);

test('deploys everything unless it says otherwise', () => {
  expect(read('--env production')).toEqual({
    env: 'production',
    service: undefined,
    timeout: 10,
    platform: 'linux/amd64',
    'dry-run': false,
  });
});

test('reads all of them', () => {
  expect(read('--env staging --service game-ticker --timeout 0.5 --platform linux/arm64 --dry-run')).toEqual({
    env: 'staging',
    service: 'game-ticker',
    timeout: 0.5,
    platform: 'linux/arm64',
    'dry-run': true,
  });
});

test.each([
  ['', '--env: must be one of production, staging, and is missing'],
  ['--env prod', '--env: must be one of production, staging, got "prod"'],
  [
    '--env production --service ticker',
    '--service: must be one of game-ticker, gateway, matchmaker, practice, got',
  ],
  ['--env production --timeout soon', '--timeout: must be a number from 0.01 to 60, got "soon"'],
  [
    '--env production --platform windows',
    '--platform: must be one of linux/amd64, linux/arm64, got "windows"',
  ],
  ['--env production --force', "'--force'"],
  ['--env production gateway', "'gateway'"],
])('"%s" is refused', (line, message) => {
  expect(() => read(line)).toThrow(OptionsError);
  expect(() => read(line)).toThrow(message);
});

test('helps', () => {
  expect(() => read('--help')).toThrow(HelpAsked);
  expect(() => read('--help')).toThrow(/--env NAME +where to: production, staging/);
});

test('knows the environments that there are', () => {
  expect(findEnvironments()).toContain('production');
});
