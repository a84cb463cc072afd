import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '.overcookied/**'],
    globalSetup: ['tests/support/valkey-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What is polled for may be a browser's answer: on a busy machine one alone can take longer than the second of the default.
    expect: { poll: { timeout: 15_000 } },
    // Each file of tests/ runs services of its own; more of them than this would wait for the processor.
    maxWorkers: 3,
    // Two thousand tests of running services share two cores: one that a busy moment has made late is tried once more,
    // and named in the report. Whoever develops sees the first failure.
    retry: process.env.CI ? 1 : 0,
  },
});
