import { defaultRules } from '@overcookied/shared/rules.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../tests/support/fake-socket.ts';
import type { Status } from './reconnecting-socket.ts';
import { Watcher } from './watcher.ts';

const now = Date.UTC(2026, 10, 25);
/** The server's clock is so far ahead, in ms. */
const ahead = 90_000;
const side = { score: 3, bonusUntil: 0, awayUntil: 0 };
const state = { seq: 7, now: now + ahead, p1: side, p2: side };
const start = {
  ...{ roomId: 'room', mode: 'ranked', startsAt: now, endsAt: now + 60_000, rules: defaultRules },
  ...{ p1: { name: 'Ada', picture: '' }, p2: { name: 'Bo', picture: '', rating: 1600 }, state },
};

let watcher: Watcher;
let told: Status[];

beforeEach(() => {
  vi.useFakeTimers({ now });
  vi.stubGlobal('WebSocket', FakeSocket);
  watcher = new Watcher({ url: 'ws://gateway', roomId: 'a room/../x' });
  told = [];
  watcher.on('status', (status) => told.push(status));
});
afterEach(() => {
  watcher.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('it asks for the match by its name, and needs no login', () => {
  expect(FakeSocket.latest.url).toBe('ws://gateway/ws/watch/a%20room%2F..%2Fx');
});

test('it tells what it hears, and passes over what it does not know', () => {
  const heard: unknown[] = [];
  watcher.on('WATCH_START', (payload) => heard.push(payload));
  watcher.on('WATCH_UPDATE', (payload) => heard.push(payload));
  watcher.on('WATCH_OVER', (payload) => heard.push(payload));
  watcher.on('ERROR', ({ code }) => heard.push(code));
  const socket = FakeSocket.latest;
  socket.open();
  socket.say('WATCH_START', start);
  socket.say('WATCH_UPDATE', state);
  socket.say('WATCH_UPDATE', { seq: 'newer than this client' });
  socket.say('WATCH_PARTY', {});
  socket.say('WATCH_OVER', { state });
  socket.say('ERROR', { code: 'no_such_match', message: 'none' });
  expect(heard).toEqual([start, state, { state }, 'no_such_match']);
});

test('it knows the server’s clock by the first frame until an answered ping tells better, and says nothing but PING', () => {
  const socket = FakeSocket.latest;
  socket.readyState = FakeSocket.OPEN;
  socket.say('WATCH_START', start);
  expect(watcher.clock.now()).toBe(now + ahead);
  // It answers pings, by this clock.
  socket.open();
  expect(watcher.clock.now()).toBe(now);
  vi.advanceTimersByTime(10_000);
  expect(new Set(socket.sent.map(({ type }) => type))).toEqual(new Set(['PING']));
  expect(socket.sent).toHaveLength(5);
});

test.each([1006, 1011, 1012, 1013])('after a close with %i it comes back, to any gateway', (code) => {
  const first = FakeSocket.latest;
  first.open();
  first.sendAway(code);
  expect(told.at(-1)).toEqual({ state: 'reconnecting', attempt: 1, code, reason: 'because' });
  vi.advanceTimersByTime(200);
  expect(FakeSocket.latest).not.toBe(first);
  FakeSocket.latest.open();
  expect(watcher.status).toEqual({ state: 'open' });
});

test.each([1000, 1008, 1009, 4008])('after a close with %i it does not, and asks no more', (code) => {
  const first = FakeSocket.latest;
  first.open();
  first.sendAway(code);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.latest).toBe(first);
  expect(watcher.status).toEqual({ state: 'closed', code, reason: 'because' });
  expect(vi.getTimerCount()).toBe(0);
});

test('a connection on which nothing comes any more is replaced', () => {
  const first = FakeSocket.latest;
  first.open();
  first.send = () => {};
  vi.advanceTimersByTime(15_000);
  expect(FakeSocket.latest).not.toBe(first);
});
