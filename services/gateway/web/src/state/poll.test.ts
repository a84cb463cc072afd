import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { poll } from './poll.ts';

class FakePage extends EventTarget {
  hidden = false;
  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakePage;
let works: boolean;
const ask = vi.fn(async () => works);
const start = () => poll(ask, { everyMs: 100, longestMs: 350 }, page as unknown as Document);
/** How often it was asked within so many ms. */
const askedWithin = async (ms: number) => {
  const before = ask.mock.calls.length;
  await vi.advanceTimersByTimeAsync(ms);
  return ask.mock.calls.length - before;
};

beforeEach(() => {
  vi.useFakeTimers();
  ask.mockClear();
  page = new FakePage();
  works = true;
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks at once, at its pace, and no more once it is ended', async () => {
  const stop = start();
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await askedWithin(300)).toBe(3);
  stop();
  expect(await askedWithin(10_000)).toBe(0);
  page.show(true);
  expect(await askedWithin(1_000)).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('leaves no timer behind when it is ended in the middle of a question', async () => {
  const stop = start();
  stop();
  await askedWithin(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('asks nothing while the page is hidden, and at once when it is shown again', async () => {
  const stop = start();
  await askedWithin(50);
  page.show(false);
  expect(await askedWithin(1_000)).toBe(0);
  ask.mockClear();
  page.show(true);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await askedWithin(200)).toBe(2);
  stop();
});

it('asks once and not twice at a time when the page is shown in the middle of a question', async () => {
  const stop = start();
  page.show(false);
  page.show(true);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await askedWithin(200)).toBe(2);
  stop();
});

it('asks less often while asking fails, never less than it says, and at its pace when it works again', async () => {
  works = false;
  const stop = start();
  expect(await askedWithin(199)).toBe(0);
  expect(await askedWithin(1)).toBe(1);
  expect(await askedWithin(349)).toBe(0);
  expect(await askedWithin(1)).toBe(1);
  expect(await askedWithin(350)).toBe(1);
  works = true;
  expect(await askedWithin(350)).toBe(1);
  expect(await askedWithin(100)).toBe(1);
  stop();
});
