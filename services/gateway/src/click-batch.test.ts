import type { ClickRange } from '@overcookied/shared/match/match.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { ClickBatch, merge } from './click-batch.ts';

afterEach(() => vi.useRealTimers());

/** A Valkey that answers when told to. */
function slowCalls() {
  const calls: { range: ClickRange; answer: () => void; fail: () => void }[] = [];
  const call = (range: ClickRange, done: (error?: Error) => void) => {
    calls.push({ range, answer: done, fail: () => done(new Error('connection lost')) });
  };
  return { calls, call };
}

/** Lets whatever hangs on an answer happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the first click goes out at once; those that come meanwhile leave together', async () => {
  const { calls, call } = slowCalls();
  const batch = new ClickBatch(call, () => {});
  for (let seq = 1; seq <= 5; seq++) batch.add({ seq, count: 1 });
  expect(calls.map(({ range }) => range)).toEqual([{ first: 1, last: 1 }]);
  calls[0]?.answer();
  await settle();
  expect(calls.map(({ range }) => range)).toEqual([
    { first: 1, last: 1 },
    { first: 2, last: 5 },
  ]);
});

test('numbered clicks whose call failed are sent again, together with what has come since', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { calls, call } = slowCalls();
  const failures: string[] = [];
  const batch = new ClickBatch(call, (error) => failures.push(error.message));
  batch.add({ seq: 2, count: 2 });
  batch.add({ seq: 3, count: 1 });
  calls[0]?.fail();
  await settle();
  expect(failures).toEqual(['connection lost']);
  expect(calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(250);
  expect(calls[1]?.range).toEqual({ first: 1, last: 3 });
});

test('clicks without numbers whose call failed are not: they may have been counted', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { calls, call } = slowCalls();
  const batch = new ClickBatch(call, () => {});
  batch.add({ count: 1 });
  batch.add({ count: 1 });
  calls[0]?.fail();
  await settle();
  await vi.advanceTimersByTimeAsync(250);
  // The one that waited is sent, the one that failed is not.
  expect(calls.map(({ range }) => range)).toEqual([
    { first: 0, last: 1 },
    { first: 0, last: 1 },
  ]);
  calls[1]?.answer();
  await settle();
  expect(calls).toHaveLength(2);
});

test('it is bounded: more separate ranges than it keeps are refused', () => {
  const { call } = slowCalls();
  const batch = new ClickBatch(call, () => {});
  const taken = Array.from({ length: 30 }, (_, i) => batch.add({ seq: 10 * i + 1, count: 1 }));
  // One is under way, sixteen wait.
  expect(taken.filter(Boolean)).toHaveLength(17);
});

test('nothing is sent after closing, and no timer is left', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { calls, call } = slowCalls();
  const batch = new ClickBatch(call, () => {});
  batch.add({ seq: 1, count: 1 });
  calls[0]?.fail();
  await settle();
  batch.close();
  await vi.advanceTimersByTimeAsync(1_000);
  batch.add({ seq: 2, count: 1 });
  expect(calls).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('ranges that touch or overlap become one', () => {
  const range = (first: number, last: number) => ({ first, last });
  expect(merge([range(1, 3)], range(4, 6))).toEqual([range(1, 6)]);
  expect(merge([range(1, 3), range(8, 9)], range(2, 7))).toEqual([range(1, 9)]);
  expect(merge([range(5, 6)], range(1, 2))).toEqual([range(1, 2), range(5, 6)]);
});

test('it is settled when all has been counted, given up, or the time is over', async () => {
  const { calls, call } = slowCalls();
  const batch = new ClickBatch(call, () => {});
  await batch.settled(1_000);
  const settled: string[] = [];
  batch.add({ seq: 1, count: 1 });
  batch.add({ seq: 2, count: 1 });
  void batch.settled(1_000).then(() => settled.push('counted'));
  calls[0]?.answer();
  await settle();
  expect(settled).toEqual([]);
  calls[1]?.answer();
  await settle();
  expect(settled).toEqual(['counted']);
  batch.add({ seq: 3, count: 1 });
  await batch.settled(20);
  void batch.settled(60_000).then(() => settled.push('given up'));
  batch.close();
  await settle();
  expect(settled).toEqual(['counted', 'given up']);
});
