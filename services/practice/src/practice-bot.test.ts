import { createLog } from '@overcookied/shared/log.ts';
import { type GameStart, rematchMs } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../../tests/support/fake-socket.ts';
import { PracticeBot } from './practice-bot.ts';

const session = { token: 'secret-token', id: 'bot_1', name: 'Crumbs (bot)', picture: '', email: '' };
const level = { clicksPerSecond: 6, habits: { goldenReactionMs: [400, 500], goldenMissed: 0 } } as const;

const start = (roomId: string): GameStart => ({
  opponent: 'guest_1',
  role: 'p2',
  roomId,
  timeRemaining: 60,
  p1Score: 0,
  p2Score: 0,
  p1Name: 'Ada',
  p2Name: session.name,
  p1Picture: '',
  p2Picture: '',
  mode: 'practice',
  startsAt: Date.now() + 5_000,
  endsAt: Date.now() + 65_000,
  now: Date.now(),
  seq: 0,
  ack: 0,
  resumed: false,
  rules: defaultRules,
});
const over = { winner: 'guest_1', p1Score: 400, p2Score: 300 };

describe('PracticeBot', () => {
  let bot: PracticeBot;
  let outcome: string | undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    outcome = undefined;
    const log = createLog('practice', 'silent');
    bot = new PracticeBot({ session, url: 'ws://gateway', code: 'the-code', level, seed: 1, log });
    void bot.ended.then((what) => {
      outcome = what;
    });
  });
  afterEach(() => {
    bot.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const begin = (roomId = 'room-1') => {
    FakeSocket.latest.open();
    FakeSocket.latest.say('GAME_START', start(roomId));
  };
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('comes with its code, as somebody with a token', () => {
    FakeSocket.latest.open();
    expect(FakeSocket.latest.url).toBe('ws://gateway/ws?token=secret-token');
    expect(FakeSocket.latest.all('JOIN_QUEUE')).toEqual([
      { type: 'JOIN_QUEUE', payload: { mode: 'practice', code: 'the-code' } },
    ]);
  });

  test('clicks, reaches for golden cookies, and goes when nobody wants another match', async () => {
    begin();
    await pass(4_900);
    expect(FakeSocket.latest.all('CLICK')).toEqual([]);
    await pass(5_000);
    FakeSocket.latest.say('COOKIE_SPAWN', { x: 50, y: 50, id: 7 });
    await pass(500);
    expect(FakeSocket.latest.all('COOKIE_CLICK')).toEqual([{ type: 'COOKIE_CLICK', payload: { id: 7 } }]);
    FakeSocket.latest.say('COOKIE_SPAWN', { x: 50, y: 50, id: 8 });
    FakeSocket.latest.say('UPDATE', { goldenCookieClaimedBy: 'guest_1' });
    await pass(55_000);
    const clicks = FakeSocket.latest.all('CLICK').length;
    expect(Math.abs(clicks - 360)).toBeLessThan(20);
    expect(FakeSocket.latest.all('COOKIE_CLICK')).toHaveLength(1);
    FakeSocket.latest.say('GAME_OVER', over);
    await pass(rematchMs - 1);
    expect(outcome).toBeUndefined();
    await pass(1);
    expect(outcome).toBe('played');
    expect(FakeSocket.latest.all('CLICK')).toHaveLength(clicks);
  });

  test('plays again as often as it is asked to', async () => {
    begin('room-1');
    for (const room of ['room-2', 'room-3']) {
      FakeSocket.latest.say('GAME_OVER', over);
      await pass(rematchMs - 1_000);
      FakeSocket.latest.say('UPDATE', { rematch: 'guest_1' });
      await pass(2_000);
      FakeSocket.latest.say('GAME_START', start(room));
      await pass(60_000);
    }
    expect(FakeSocket.latest.all('REMATCH')).toHaveLength(2);
    expect(Math.abs(FakeSocket.latest.all('CLICK').length - 2 * 55 * 6)).toBeLessThan(30);
    expect(outcome).toBeUndefined();
  });

  test('goes on in its match after a break', async () => {
    const first = start('room-1');
    FakeSocket.latest.open();
    FakeSocket.latest.say('GAME_START', first);
    await pass(10_000);
    FakeSocket.latest.sendAway(1012);
    await pass(200);
    FakeSocket.latest.open();
    FakeSocket.latest.say('GAME_START', { ...first, now: Date.now(), resumed: true });
    await pass(1_000);
    expect(FakeSocket.latest.all('CLICK').length).toBeGreaterThan(3);
    expect(FakeSocket.latest.all('JOIN_QUEUE')).toEqual([]);
  });

  test('goes when nobody comes, connected or not', async () => {
    await pass(7_000);
    FakeSocket.latest.open();
    await pass(7_999);
    expect(outcome).toBeUndefined();
    await pass(1);
    expect(outcome).toBe('no_match');
  });

  test('goes when its player is gone', async () => {
    FakeSocket.latest.open();
    FakeSocket.latest.say('ERROR', { code: 'no_practice', message: 'gone' });
    await pass(0);
    expect(outcome).toBe('refused');
  });

  test('has played when its player does not come back for another match', async () => {
    begin();
    FakeSocket.latest.say('GAME_OVER', over);
    FakeSocket.latest.say('UPDATE', { rematch: 'guest_1' });
    FakeSocket.latest.say('ERROR', { code: 'no_rematch', message: 'gone' });
    await pass(0);
    expect(outcome).toBe('played');
  });

  test('goes when it is never told of the end', async () => {
    begin();
    await pass(65_000 + defaultRules.graceMs + 9_999);
    expect(outcome).toBeUndefined();
    await pass(1);
    expect(outcome).toBe('overdue');
  });

  test('goes when a gateway sends it away', async () => {
    FakeSocket.latest.open();
    FakeSocket.latest.sendAway(4003);
    await pass(0);
    expect(outcome).toBe('sent_away');
  });

  test('gives up its match when it is stopped', async () => {
    begin();
    await pass(6_000);
    bot.stop();
    await pass(0);
    expect(outcome).toBe('stopped');
    expect(FakeSocket.latest.sent.at(-1)?.type).toBe('QUIT_GAME');
    expect(FakeSocket.latest.readyState).toBe(3);
  });
});
