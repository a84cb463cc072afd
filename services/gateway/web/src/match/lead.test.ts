import { expect, it } from 'vitest';
import { leaderOf, saidBy } from './lead.ts';

it.each([
  [3, 2, 'mine'],
  [2, 3, 'theirs'],
  [3, 3, undefined],
])('%i against %i: %s', (mine, theirs, leader) => {
  expect(leaderOf({ mine, theirs })).toBe(leader);
});

it('says once who has taken the lead', () => {
  const said = saidBy({ leader: undefined, at: 0 }, 'mine', 5_000);
  expect(said).toEqual({ leader: 'mine', at: 5_000 });
  expect(saidBy(said, 'mine', 60_000)).toBe(said);
});

it('says nothing while it is level, and not who leads again after that', () => {
  const said = { leader: 'mine', at: 0 } as const;
  expect(saidBy(said, undefined, 10_000)).toBe(said);
  expect(saidBy(said, 'mine', 20_000)).toBe(said);
});

it('waits before it takes back what it has just said', () => {
  const said = { leader: 'mine', at: 10_000 } as const;
  expect(saidBy(said, 'theirs', 13_999)).toBe(said);
  expect(saidBy(said, 'theirs', 14_000)).toEqual({ leader: 'theirs', at: 14_000 });
});
