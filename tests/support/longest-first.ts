import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that mostly wait, the longest first: begun last, they would be waited for when all others are done. */
const long = [
  'tests/failover.test.ts',
  'tests/runtime/',
  'tests/valkey-trouble.test.ts',
  'tests/gateway-death.test.ts',
  'tests/gap-free.test.ts',
  'tests/results-death.test.ts',
  'deploy/src/',
  'tests/valkey-access.test.ts',
  'tests/cluster/',
  'tests/presence.test.ts',
  'tests/matchmaker-death.test.ts',
  'tests/primary-failover.test.ts',
  'tests/services.test.ts',
  'tests/fuzz/fuzz.test.ts',
  'tests/watch.test.ts',
  'tests/limits.test.ts',
  'tests/records-outlive.test.ts',
  'tests/restore.test.ts',
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
