import { expect, test } from 'vitest';
import type { Recording } from '../api.ts';
import { packReplay, unpackReplay } from './replay.ts';

const recording: Recording = {
  ...{ roomId: 'room', mode: 'ranked', startsAt: 1_000, matchMs: 60_000, stepMs: 200 },
  ...{ clickPoints: 2, goldenPoints: 7, bonusMs: 5_000, bonusFactor: 2 },
  ...{ p1: { name: 'Ada', picture: '' }, p2: { name: 'Bo', picture: '' } },
  ...{ points: { p1: '24', p2: '' }, clicks: { p1: '12', p2: '' }, goldens: [] },
};

test('a replay is unpacked as it was packed', () => {
  expect(unpackReplay(packReplay(recording))).toEqual(recording);
});

test('one that an older version kept, which does not say what clicks and golden cookies brought, is read', () => {
  const { clickPoints, goldenPoints, ...older } = recording;
  expect(unpackReplay(packReplay(older as Recording))).toEqual({ ...older, clickPoints: 1, goldenPoints: 5 });
});
