import { expect, test } from 'vitest';
import { startsOf } from './starts.ts';

const guest = (joinedAt: number, startedAt?: number, roomId = 'room') =>
  startedAt === undefined ? { joinedAt, startedAt, roomId: undefined } : { joinedAt, startedAt, roomId };

test('tells waiting for somebody from what came after', () => {
  const starts = startsOf([guest(100, 1_105), guest(1_100, 1_104), guest(5, 25, 'b'), guest(20, 24, 'b')]);
  expect(starts).toMatchObject({ wrongRooms: 0, untold: 0 });
  expect(starts.all).toMatchObject({ count: 4, p50: 4, max: 1_005 });
  expect(starts.completing).toMatchObject({ count: 2, max: 4 });
  expect(starts.other).toMatchObject({ count: 2, max: 5 });
});

test('counts what went wrong', () => {
  const starts = startsOf([guest(0), guest(0, 9, 'alone'), ...[1, 2, 3].map((at) => guest(at, 9, 'crowd'))]);
  expect(starts).toMatchObject({ wrongRooms: 2, untold: 1 });
  expect(starts.completing.count).toBe(0);
});
