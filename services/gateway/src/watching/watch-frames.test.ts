import { parseMatch, rulesToFields } from '@overcookied/shared/match/state.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import { expect, test } from 'vitest';
import { watchOver, watchStart, watchUpdate } from './watch-frames.ts';

/** A match's hash says this besides what each does. */
function match(more: Record<string, string> = {}) {
  const rules = Object.entries(rulesToFields(defaultRules)).map(([name, value]) => [name, String(value)]);
  const state = parseMatch('room', {
    ...Object.fromEntries(rules),
    ...{ phase: 'on', mode: 'ranked', seq: '9', startsAt: '1000', endsAt: '61000' },
    ...{
      p1: 'ada-id',
      p1Name: 'Ada',
      p1Picture: 'https://a',
      p1Rating: '1612',
      p1Deviation: '99',
      p1Score: '7',
    },
    ...{ p2: 'bo-id', p2Name: 'Bo', p2Score: '5', goldenId: '0' },
    ...more,
  });
  if (!state) throw new Error('no match');
  return state;
}

test('a beginning says who plays, by what rules, from when to when, and how it stands', () => {
  const frame = watchStart(match(), 5_000);
  expect(WatchFrame.parse(JSON.parse(JSON.stringify(frame)))).toEqual({
    type: 'WATCH_START',
    payload: {
      ...{ roomId: 'room', mode: 'ranked', startsAt: 1_000, endsAt: 61_000, rules: defaultRules },
      p1: { name: 'Ada', picture: 'https://a', rating: 1612 },
      p2: { name: 'Bo', picture: '' },
      state: {
        ...{ seq: 9, now: 5_000 },
        p1: { score: 7, bonusUntil: 0, awayUntil: 0 },
        p2: { score: 5, bonusUntil: 0, awayUntil: 0 },
      },
    },
  });
});

test('nobody is told a player’s id', () => {
  const state = match({ goldenBy: 'ada-id', goldenClaimed: '1' });
  for (const frame of [watchStart(state, 1), watchUpdate(state, 1), watchOver(state, 1)])
    expect(JSON.stringify(frame)).not.toMatch(/ada-id|bo-id/);
});

test.each([
  [
    'a golden cookie that waits',
    { goldenOpen: '1', goldenId: '3', goldenX: '12.5', goldenY: '80' },
    { golden: { id: 3, x: 12.5, y: 80 } },
  ],
  ['who got the latest', { goldenBy: 'bo-id', goldenClaimed: '2' }, { claimed: { id: 2, by: 'p2' } }],
  ['a bonus that runs', { p1BonusUntil: '5001' }, { p1: { bonusUntil: 5_001 } }],
  ['and none that has run down', { p1BonusUntil: '5000' }, { p1: { bonusUntil: 0 } }],
  ['that somebody is away', { p2AwayUntil: '9000' }, { p2: { awayUntil: 9_000 } }],
])('it says %s', (_, more, told) => {
  expect(watchUpdate(match(more), 5_000).payload).toMatchObject(told);
  expect(watchOver(match(more), 5_000).payload.state).toMatchObject(told);
});
