import { defineConfig, type TestUserConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

const nowhere = ['**/node_modules/**', '**/dist/**', '.overcookied/**'];
/** What runs services, or counts what happens in its own process, and so needs one to itself. */
const apart = [
  'services/{gateway,matchmaker,game-ticker,practice}/src/**/*.test.ts',
  'shared/**/*.test.ts',
  'tests/*.test.ts',
  'tests/{browser,cluster,fuzz,runtime,slow}/**/*.test.ts',
];
const alone = [
  'tests/matchmaking-chaos.test.ts',
  'tests/clock-failover.test.ts',
  'bench/src/clock/{population,witness}.test.ts',
];
const browser = ['tests/browser/**/*.test.ts'];

/** Files that run services mostly wait: so many at once keep two cores busy, and hardly ever waiting for each other. */
const maxWorkers = 4;
const project = (name: string, test: TestUserConfig) => ({
  extends: true as const,
  test: { maxWorkers, ...test, name },
});

export default defineConfig({
  test: {
    globalSetup: ['tests/support/valkey-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What is polled for may be a browser's answer: on a busy machine one alone can take longer than the second of the default.
    expect: { poll: { timeout: 15_000 } },
    sequence: { sequencer: LongestFirst },
    maxConcurrency: 3,
    // Two thousand tests of running services share two cores: one that a busy moment has made late is tried once more,
    // and named in the report. Whoever develops sees the first failure.
    retry: process.env.CI ? 1 : 0,
    projects: [
      project('apart', { include: apart, exclude: [...nowhere, ...alone, ...browser] }),
      // The others share processes, since to start one for each would take longer than its tests.
      project('together', {
        include: ['**/*.test.ts'],
        exclude: [...nowhere, ...apart, ...alone],
        isolate: false,
      }),
      // What judges by milliseconds has the machine to itself, when all others are done.
      project('alone', { include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } }),
      project('browser', { include: browser, maxWorkers: 2, sequence: { groupOrder: 2 } }),
    ],
  },
});
