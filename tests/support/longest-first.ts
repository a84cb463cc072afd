import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long, the longest first: begun last, they would be waited for when all others are done. Those that start
 * many services at once are not next to each other.
 */
const long = [
  'tests/failover.test.ts',
  'tests/runtime/mixed.test.ts',
  'tests/results-death.test.ts',
  'tests/gap-free.test.ts',
  'tests/runtime/deno.test.ts',
  'tests/valkey-trouble.test.ts',
  'deploy/src/refusals.test.ts',
  'tests/runtime/bun.test.ts',
  'tests/presence.test.ts',
  'deploy/src/deploy.test.ts',
  'tests/runtime/node.test.ts',
  'tests/gateway-death.test.ts',
  'deploy/src/roll-back.test.ts',
  'tests/valkey-access.test.ts',
  'tests/matchmaker-death.test.ts',
  'tests/cluster/',
  'tests/watch.test.ts',
  'tests/fuzz/fuzz.test.ts',
  'tests/primary-failover.test.ts',
  'tests/services.test.ts',
  'tests/limits.test.ts',
  'tests/',
];

const rank = ({ moduleId }: TestSpecification) => {
  const found = long.findIndex((path) => moduleId.includes(`/${path}`));
  return found < 0 ? long.length : found;
};

/** Otherwise as Vitest has it: the largest first, or the slowest of the last run. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
