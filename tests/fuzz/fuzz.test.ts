import { expect, test } from 'vitest';
import { readRuntime } from '../../dev/system/runtimes.ts';
import { freshValkeyUrl, openValkey } from '../support/valkey.ts';
import { fuzz } from './run.ts';

const seeds = [7, Math.floor(Math.random() * 2 ** 31)];

/** The long run is `npm run fuzz -- --frames 1000000`; this is a taste of it. */
test.each(seeds)('nothing comes of nonsense, seed %i', { timeout: 240_000 }, async (seed) => {
  const valkeyUrl = await freshValkeyUrl();
  const valkey = await openValkey(valkeyUrl);
  const report = await fuzz({
    ...{ frames: 2_500, seed, atOnce: 40, runtime: readRuntime(process.env), searchMs: 60_000 },
    ...{ valkeyUrl, valkey },
  }).finally(() => valkey.disconnect());
  expect(report.found).toBeUndefined();
  const { frames, answers, matches, requests, handshakes, events } = report.counts;
  expect(Math.min(frames, answers)).toBeGreaterThan(1_000);
  expect(Math.min(matches, requests, handshakes, events)).toBeGreaterThan(5);
});
