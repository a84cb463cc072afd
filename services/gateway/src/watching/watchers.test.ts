import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idleEveryMs } from '../pulse.ts';
import type { Rooms } from '../rooms.ts';
import type { Watcher } from './watcher.ts';
import { Watchers } from './watchers.ts';

/** Holds nothing but those who watch. */
class CountingRoom {
  watchers = 0;

  watch(): void {
    this.watchers++;
  }

  unwatch(): void {
    this.watchers--;
  }
}

class CountingRooms {
  readonly #rooms = new Map<string, CountingRoom>();

  open(roomId: string): CountingRoom {
    const room = this.#rooms.get(roomId) ?? new CountingRoom();
    this.#rooms.set(roomId, room);
    return room;
  }
}

let rooms: CountingRooms;
let watchers: Watchers;
beforeEach(() => {
  vi.useFakeTimers();
  rooms = new CountingRooms();
  watchers = new Watchers(rooms as unknown as Rooms, 2);
});
afterEach(async () => {
  vi.useRealTimers();
  await watchers.stop(0);
});

/** Writes down what is done with it. */
function somebody() {
  const log: unknown[] = [];
  const watcher = {
    isBusy: false,
    beat: () => log.push('beat'),
    refuse: () => log.push('refused'),
    sendAway: (code: number) => {
      log.push(code);
      watchers.close(watcher as unknown as Watcher);
    },
  };
  return { watcher: watcher as unknown as Watcher, log };
}

test('a match has only so many, and each match as many', () => {
  const [one, two, three, other] = [somebody(), somebody(), somebody(), somebody()];
  const room = watchers.open('room', one.watcher);
  expect(watchers.open('room', two.watcher)).toBe(room);
  expect(watchers.open('room', three.watcher)).toBeUndefined();
  expect(watchers.open('another', other.watcher)).toBeDefined();
  expect([one, two, three, other].map(({ log }) => log)).toEqual([[], [], ['refused'], []]);
  expect(watchers.size).toBe(3);
  room?.unwatch(one.watcher);
  watchers.close(one.watcher);
  expect(watchers.open('room', three.watcher)).toBe(room);
  for (const { watcher } of [two, three, other]) watchers.close(watcher);
});

test('each is asked for signs of life while it is here', () => {
  const one = somebody();
  watchers.open('room', one.watcher);
  vi.advanceTimersByTime(2 * idleEveryMs);
  expect(one.log).toEqual(['beat', 'beat']);
  watchers.close(one.watcher);
  vi.advanceTimersByTime(2 * idleEveryMs);
  expect(one.log).toHaveLength(2);
});

test('when the gateway goes all are sent away, and whoever comes then', async () => {
  const [one, late] = [somebody(), somebody()];
  watchers.open('room', one.watcher);
  await watchers.stop(0);
  expect(watchers.open('room', late.watcher)).toBeUndefined();
  expect([one.log, late.log]).toEqual([[1012], [1012]]);
});

test('when it is cut off from Valkey all are sent elsewhere', () => {
  const one = somebody();
  watchers.open('room', one.watcher);
  watchers.sendElsewhere();
  expect([one.log, watchers.size]).toEqual([[1013], 0]);
});
