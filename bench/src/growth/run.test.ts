import { expect, test } from 'vitest';
import { HelpAsked } from '../options.ts';
import { run } from './run.ts';

test('refuses what is no part to be measured, before it measures anything', async () => {
  await expect(run(['--measure', 'drain,speed'])).rejects.toThrow(
    /^--measure: must be all, or a list out of play, .*"speed"$/,
  );
  await expect(run(['--help'])).rejects.toThrow(HelpAsked);
});
