import { setImmediate as endOfTurn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Coalescing } from './coalescing.ts';

const pause = vi.spyOn(Atomics, 'wait');
afterEach(() => void pause.mockClear());

/** So many calls a turn of the event loop, for so long. */
async function callFor(ms: number, coalescing: Coalescing, perTurn: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    for (let i = 0; i < perTurn; i++) coalescing.called();
    await endOfTurn();
  }
}

test('a process that is asked little never pauses', async () => {
  const coalescing = new Coalescing();
  for (let i = 0; i < 30; i++) {
    // Two turns in a row, as far apart as those of a busy process.
    for (let turn = 0; turn < 2; turn++) {
      coalescing.called();
      await endOfTurn();
    }
    await sleep(5);
  }
  expect(pause).not.toHaveBeenCalled();
});

test('a busy one pauses for a moment, once a turn, and no more when it is over', async () => {
  const coalescing = new Coalescing();
  await callFor(150, coalescing, 20);
  const { length } = pause.mock.calls;
  expect(length).toBeGreaterThan(5);
  expect(pause.mock.calls.every(([, , , ms]) => ms === 1.5)).toBe(true);
  await sleep(1_000);
  expect(pause.mock.calls).toHaveLength(length);
  // The first of these ends the sample in which little was asked.
  coalescing.called();
  pause.mockClear();
  for (let i = 0; i < 10; i++) {
    coalescing.called();
    await sleep(5);
  }
  expect(pause).not.toHaveBeenCalled();
});

test('one that has more to do than fits between two pauses does not pause', async () => {
  const coalescing = new Coalescing();
  await callFor(100, coalescing, 20);
  pause.mockClear();
  for (let turn = 0; turn < 10; turn++) {
    for (let i = 0; i < 100; i++) coalescing.called();
    const until = performance.now() + 3;
    while (performance.now() < until);
    await endOfTurn();
  }
  // The first turn may have begun with a pause that was due.
  expect(pause.mock.calls.length).toBeLessThanOrEqual(1);
});
