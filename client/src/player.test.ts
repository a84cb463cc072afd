import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../tests/support/fake-socket.ts';
import { Player } from './player.ts';

const startsAt = Date.UTC(2026, 10, 25);
const start = {
  ...{ opponent: 'bo', role: 'p1', roomId: 'room', timeRemaining: 60, p1Score: 0, p2Score: 0 },
  ...{ p1Name: 'Ada', p2Name: 'Bo', p1Picture: '', p2Picture: '', mode: 'ranked' },
  ...{
    startsAt,
    endsAt: startsAt + 60_000,
    now: startsAt - 1_000,
    seq: 0,
    ack: 0,
    resumed: false,
    rules: {},
  },
};
const clicksSent = () => FakeSocket.latest.all('CLICK').map(({ payload }) => payload);

let player: Player;

beforeEach(() => {
  vi.useFakeTimers({ now: startsAt - 1_000 });
  vi.stubGlobal('WebSocket', FakeSocket);
  player = new Player({ url: 'ws://gateway', token: 'token' });
  FakeSocket.latest.open();
  FakeSocket.latest.acknowledges = false;
  FakeSocket.latest.say('GAME_START', start);
});
afterEach(() => {
  player.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a click', () => {
  test('is none before the start, after the end and outside of a match', () => {
    expect(player.click()).toBe(false);
    vi.setSystemTime(startsAt);
    expect(player.click()).toBe(true);
    vi.setSystemTime(startsAt + 60_000);
    expect(player.click()).toBe(false);
    vi.setSystemTime(startsAt + 1_000);
    FakeSocket.latest.say('GAME_OVER', { winner: 'draw', p1Score: 1, p2Score: 1 });
    expect(player.click()).toBe(false);
    expect(clicksSent()).toEqual([{ seq: 1, count: 1 }]);
  });

  test('that a gateway drops is sent again, until one is acknowledged', async () => {
    vi.setSystemTime(startsAt);
    for (let i = 0; i < 3; i++) player.click();
    FakeSocket.latest.say('ERROR', { code: 'busy', message: 'too many clicks are under way' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(clicksSent().slice(0, 4)).toEqual([
      { seq: 1, count: 1 },
      { seq: 2, count: 2 },
      { seq: 3, count: 3 },
      { seq: 3, count: 3 },
    ]);
    FakeSocket.latest.say('UPDATE', { ack: 3 });
    const before = clicksSent().length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(clicksSent()).toHaveLength(before);
  });

  test('is not sent again while others are being acknowledged', async () => {
    vi.setSystemTime(startsAt);
    for (let seq = 1; seq <= 40; seq++) {
      player.click();
      await vi.advanceTimersByTimeAsync(200);
      if (seq > 1) FakeSocket.latest.say('UPDATE', { ack: seq - 1 });
    }
    expect(clicksSent()).toHaveLength(40);
  });

  test('that a server had counted and lost is sent again at once', () => {
    vi.setSystemTime(startsAt);
    for (let i = 0; i < 5; i++) player.click();
    FakeSocket.latest.say('UPDATE', { ack: 5, seq: 5 });
    FakeSocket.latest.say('UPDATE', { ack: 3, seq: 3, p1Score: 3, p2Score: 0 });
    expect(clicksSent().at(-1)).toEqual({ seq: 5, count: 2 });
  });
});

test('whoever comes back says which match they know no end of', async () => {
  expect(FakeSocket.latest.url).toBe('ws://gateway/ws?token=token');
  FakeSocket.latest.sendAway(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.latest.url).toBe('ws://gateway/ws?token=token&room=room');
  FakeSocket.latest.open();
  FakeSocket.latest.say('GAME_START', { ...start, resumed: true });
  FakeSocket.latest.say('GAME_OVER', { winner: 'draw', p1Score: 1, p2Score: 1 });
  FakeSocket.latest.sendAway(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.latest.url).toBe('ws://gateway/ws?token=token');
});

test('a page that is reloaded goes on where it was, with the clicks that were under way', () => {
  vi.setSystemTime(startsAt);
  const kept = new Map<string, number>();
  const memory = {
    read: (roomId: string) => kept.get(roomId) ?? 0,
    write: (roomId: string, made: number) => void kept.set(roomId, made),
  };
  const page = () => {
    const reloaded = new Player({ url: 'ws://gateway', token: 'token', memory });
    FakeSocket.latest.open();
    FakeSocket.latest.acknowledges = false;
    FakeSocket.latest.say('GAME_START', { ...start, ack: 1, resumed: true });
    return reloaded;
  };
  const before = page();
  for (let i = 0; i < 3; i++) before.click();
  before.close();
  const after = page();
  after.click();
  expect(clicksSent()).toEqual([
    { seq: 4, count: 3 },
    { seq: 5, count: 4 },
  ]);
  after.close();
});

test('whoever takes the place of a player that was closed goes on with their match and clicks', () => {
  vi.setSystemTime(startsAt);
  player.click();
  FakeSocket.latest.sendAway(4001);
  const anew = new Player({ url: 'ws://gateway', token: 'token', before: player });
  expect(FakeSocket.latest.url).toBe('ws://gateway/ws?token=token&room=room');
  expect(anew.click()).toBe(true);
  expect(anew.openClicks).toBe(2);
  FakeSocket.latest.open();
  FakeSocket.latest.say('GAME_START', { ...start, resumed: true });
  expect(clicksSent()).toEqual([{ seq: 2, count: 2 }]);
  anew.close();
});

test.each(['match_forgotten', 'match_lost'])('a match of which the server says %s is left', async (code) => {
  FakeSocket.latest.say('ERROR', { code, message: 'that match is gone' });
  vi.setSystemTime(startsAt);
  expect(player.click()).toBe(false);
  FakeSocket.latest.sendAway(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.latest.url).toBe('ws://gateway/ws?token=token');
});
