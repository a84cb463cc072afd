import type { Role } from '@overcookied/shared/protocol.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mostOwedMs, OwedAcks } from './owed-acks.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const told: Role[] = [];
  return { told, acks: new OwedAcks((role) => told.push(role)) };
}

test('a player whom nothing else is told hears in time, once for all clicks until then', () => {
  const { told, acks } = setUp();
  acks.owe('p1');
  vi.advanceTimersByTime(mostOwedMs / 2);
  acks.owe('p1');
  vi.advanceTimersByTime(mostOwedMs / 2 - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['p1']);
  vi.advanceTimersByTime(10 * mostOwedMs);
  expect(told).toEqual(['p1']);
});

test('whoever has been told meanwhile is not told again, and the other is', () => {
  const { told, acks } = setUp();
  acks.owe('p1');
  acks.owe('p2');
  acks.told('p1');
  vi.advanceTimersByTime(mostOwedMs);
  expect(told).toEqual(['p2']);
});

test('the wait begins anew with the first click after having been told', () => {
  const { told, acks } = setUp();
  acks.owe('p1');
  vi.advanceTimersByTime(mostOwedMs - 20);
  acks.told('p1');
  acks.owe('p1');
  vi.advanceTimersByTime(mostOwedMs - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['p1']);
});

test('nothing is left of it when it stops', () => {
  const { told, acks } = setUp();
  acks.owe('p1');
  acks.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(mostOwedMs);
  expect(told).toEqual([]);
});
