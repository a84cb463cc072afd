import { expect, test } from 'vitest';
import type { Score } from './load/crowd.ts';
import { survivalOf } from './survival.ts';

const back: Score = { isOn: true, sent: 10, counted: 10, hasKept: true, seen: 10 };
const end: Score = { isOn: true, sent: 12, counted: 12, hasKept: true, seen: 12 };

test('a match survives when both are back with their scores, and clicks get through again', () => {
  expect(survivalOf([back, back], [end, end])).toEqual({
    ...{ matches: 1, goOn: 1, survived: 1, clicks: 24, counted: 24 },
  });
});

test.for<[string, Partial<Score>, number]>([
  ['one is not back', { isOn: false }, 0],
  ["one sees nothing of the other's new clicks", { seen: 10 }, 0],
  ['the score of one is forgotten', { hasKept: false, counted: 2 }, 1],
])('it does not when %s', ([, change, goOn]) => {
  const { survived, ...rest } = survivalOf([back, back], [end, { ...end, ...change }]);
  expect([survived, rest.goOn]).toEqual([0, goOn]);
});

test('where no score is kept, none survives', () => {
  const none = { counted: undefined, hasKept: false };
  expect(
    survivalOf(
      [back, back],
      [
        { ...end, ...none },
        { ...end, ...none },
      ],
    ),
  ).toEqual({
    ...{ matches: 1, goOn: 1, survived: 0, clicks: 24, counted: undefined },
  });
});
