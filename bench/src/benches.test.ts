import { expect, test } from 'vitest';
import { findBench } from './benches.ts';
import { OptionsError } from './options.ts';

test.each(['speed', 'constructor', ''])('%j is no bench: the names are told', (name) => {
  expect(() => findBench(name)).toThrow(OptionsError);
  expect(() => findBench(name)).toThrow(/npm run bench -- simulation\n/);
});

test('refuses wrong options before anything is measured', async () => {
  await expect(findBench('simulation').run(['--players', '10'])).rejects.toThrow(/^--players: must be/);
  await expect(findBench('matchmaking').run(['--queues', '1001'])).rejects.toThrow(/^--queues: must be even/);
  await expect(findBench('clock').run(['--matches', '9'])).rejects.toThrow(/^--matches: must be a list/);
  await expect(findBench('matchmaking').run(['--only', 'some'])).rejects.toThrow(/^--only: /);
  await expect(findBench('page').run(['--runs', '0'])).rejects.toThrow(/^--runs: must be/);
  await expect(findBench('simulation').run(['--players', '1000', '--rates', '1000'])).rejects.toThrow(
    /^--players: at 1000 joins a second it begins with 46667 .* at least 186668$/,
  );
});
