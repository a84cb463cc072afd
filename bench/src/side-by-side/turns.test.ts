import { expect, test } from 'vitest';
import { inTurn, paired, succeeded } from './turns.ts';

test('contenders take turns, and one that fails takes its next', async () => {
  const turns: string[] = [];
  const failures: string[] = [];
  const rounds = await inTurn(
    {
      names: ['floor', 'node'],
      rounds: 3,
      failed: (name, round, error) => failures.push(`${name} ${round} ${error.message}`),
    },
    async (name, round) => {
      turns.push(`${name} ${round}`);
      if (name === 'node' && round === 2) throw new Error('broke');
      return 10 * round;
    },
  );
  expect(turns).toEqual(['floor 1', 'node 1', 'floor 2', 'node 2', 'floor 3', 'node 3']);
  expect(failures).toEqual(['node 2 broke']);
  expect(rounds).toEqual({ floor: [10, 20, 30], node: [10, null, 30] });
  expect(succeeded(rounds.node)).toEqual([10, 30]);
  // The floor of the round that failed is not held against another round.
  expect(paired(rounds.node, rounds.floor)).toEqual({ own: [10, 30], floor: [10, 30] });
  expect(paired(rounds.node, [null, 5, 6])).toEqual({ own: [30], floor: [6] });
  expect(succeeded(undefined)).toEqual([]);
});
