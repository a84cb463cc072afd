import { dueShard, keys } from '@overcookied/shared/keys.ts';
import { advance, createMatch, quit, readMatch } from '@overcookied/shared/match/match.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import { joinParty, joinQueue, readTicket } from '@overcookied/shared/queue/queue.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { ticketOf } from '../../../tests/support/ticket.ts';
import { freshValkeyUrl, openValkey, testValkey } from '../../../tests/support/valkey.ts';
import { ValkeyProxy } from '../../../tests/support/valkey-proxy.ts';
import { announce } from './announce.ts';
import { withLock } from './lock.ts';
import { commit, type PendingPair, readAbandoned, readPair, readQueue } from './pool.ts';

const unexpected = (json: string) => {
  throw new Error(`unreadable: ${json}`);
};

/** Connected by gateway g. */
const connect = (valkey: Valkey, id: string) => presence.enter(valkey, id, 'g');

const old = { mode: 'ranked', p1: ticketOf('a'), p2: ticketOf('z') } as const;

const waitingIds = async (valkey: Valkey) =>
  (await readQueue(valkey, 9, unexpected)).waiting.map(({ id }) => id);

async function pendingPair(valkey: Valkey): Promise<PendingPair> {
  await joinQueue(valkey, ticketOf('a'));
  await joinQueue(valkey, ticketOf('b'));
  await withLock(valkey, async (fence) => {
    await commit(valkey, fence, [{ roomId: 'new', p1: 'a', p2: 'b' }]);
  });
  const pair = await readPair(valkey, 'new');
  if (!pair) throw new Error('nothing was committed');
  return pair;
}

test('whatever a dead matchmaker had done of it, doing it again makes one match', async () => {
  const valkey = await testValkey();
  const pair = await pendingPair(valkey);
  expect(
    await Promise.all([announce(valkey, pair, defaultRules), announce(valkey, pair, defaultRules)]),
  ).toEqual([true, true]);
  const startsAt = await valkey.hget(keys.game('new'), 'startsAt');
  expect(await announce(valkey, pair, defaultRules)).toBe(true);
  expect(await valkey.hget(keys.game('new'), 'startsAt')).toBe(startsAt);
  expect(await valkey.zscore(keys.due(dueShard('new')), 'new')).not.toBeNull();
  expect(await readAbandoned(valkey, 0, unexpected)).toEqual({ pairs: [], moreInMs: undefined });
  expect(await valkey.hlen(keys.tickets)).toBe(0);
});

test('a player who is in another match that is on is not put into a second; the other waits on', async () => {
  const valkey = await testValkey();
  await createMatch(valkey, 'old', old, defaultRules);
  await presence.assign(valkey, 'a', 'old', 60_000);
  await connect(valkey, 'b');
  expect(await announce(valkey, await pendingPair(valkey), defaultRules)).toBe(false);
  expect(await waitingIds(valkey)).toEqual(['b']);
  expect(await presence.roomOf(valkey, 'a')).toBe('old');
  expect(await presence.roomOf(valkey, 'b')).toBeNull();
  expect(await valkey.exists(keys.game('new'))).toBe(0);
});

test('a match that is over does not keep a player from the next', async () => {
  const valkey = await testValkey();
  await createMatch(valkey, 'old', old, defaultRules);
  await presence.assign(valkey, 'a', 'old', 60_000);
  await quit(valkey, { roomId: 'old', role: 'p1', playerId: 'a' });
  expect(await announce(valkey, await pendingPair(valkey), defaultRules)).toBe(true);
  expect(await presence.roomOf(valkey, 'a')).toBe('new');
});

test('of a pair that falls apart nobody waits on who has left', async () => {
  const valkey = await testValkey();
  await createMatch(valkey, 'old', old, defaultRules);
  await presence.assign(valkey, 'a', 'old', 60_000);
  // b was connected when the pair was made, and is nowhere now.
  expect(await announce(valkey, await pendingPair(valkey), defaultRules)).toBe(false);
  expect(await waitingIds(valkey)).toEqual([]);
});

test('the grace runs from the beginning for a player who is connected nowhere', async () => {
  const valkey = await testValkey();
  await connect(valkey, 'a');
  expect(await announce(valkey, await pendingPair(valkey), { ...defaultRules, graceMs: 50 })).toBe(true);
  expect(await valkey.hget(keys.game('new'), 'p1AwayUntil')).toBeNull();
  await eventually(async () => (await advance(valkey, 'new')).phase === 'over');
  expect((await readMatch(valkey, 'new'))?.over).toEqual({ winner: 'a', reason: 'opponent_disconnected' });
});

test('friends of whom one is in another match go on waiting for each other', async () => {
  const valkey = await testValkey();
  await createMatch(valkey, 'old', old, defaultRules);
  await presence.assign(valkey, 'a', 'old', 60_000);
  await connect(valkey, 'b');
  const friend = (id: string) => ({ ...ticketOf(id), mode: 'private' as const, code: 'code' });
  await joinParty(valkey, friend('a'), 'new', 60_000, 60_000);
  expect(await joinParty(valkey, friend('b'), 'new', 60_000, 60_000)).toEqual({ outcome: 'made' });
  const pair = (await readPair(valkey, 'new')) as PendingPair;
  expect(await announce(valkey, pair, defaultRules)).toBe(false);
  expect(await readTicket(valkey, 'b')).toMatchObject({ id: 'b', code: 'code' });
  expect(await waitingIds(valkey)).toEqual([]);
  expect(await joinParty(valkey, friend('a'), 'newer', 60_000, 60_000)).toEqual({ outcome: 'made' });
});

test('a late announcer does not put anybody back into a match that is over', async () => {
  const valkey = await testValkey();
  await connect(valkey, 'a');
  await connect(valkey, 'b');
  const pair = await pendingPair(valkey);
  expect(await announce(valkey, pair, defaultRules)).toBe(true);
  await quit(valkey, { roomId: 'new', role: 'p1', playerId: 'a' });
  for (const id of ['a', 'b']) await presence.release(valkey, id, 'new');
  const told: string[] = [];
  const subscriber = valkey.duplicate({ enableOfflineQueue: true });
  await subscriber.ssubscribe(keys.notify('g'));
  subscriber.on('smessage', (_, message) => told.push(message));
  expect(await announce(valkey, pair, defaultRules)).toBe(true);
  for (const id of ['a', 'b']) expect(await presence.roomOf(valkey, id)).toBeNull();
  await valkey.spublish(keys.notify('g'), 'the end');
  await eventually(() => told.includes('the end'));
  // Other tests' matches may be told of on the same channel.
  expect(told.filter((message) => message.includes('"roomId":"new"'))).toEqual([]);
  subscriber.disconnect();
});

test('an announcer that slept since it made the match puts nobody back who has played it', async () => {
  const url = await freshValkeyUrl();
  const [valkey, proxy] = [await openValkey(url), await ValkeyProxy.start(url)];
  const slow = await openValkey(proxy.url);
  onTestFinished(() => {
    for (const connection of [slow, valkey]) connection.disconnect();
    proxy.stop();
  });
  for (const id of ['a', 'b']) await connect(valkey, id);
  const pair = await pendingPair(valkey);
  let slept = false;
  proxy.beforeCall = async ([name = '', key = '']) => {
    // Where the players are is asked for the first time when the match has been made.
    if (slept || name.toLowerCase() !== 'hmget' || !key.startsWith('overcookied:presence:')) return;
    slept = true;
    await quit(valkey, { roomId: 'new', role: 'p1', playerId: 'a' });
    for (const id of ['a', 'b']) await presence.release(valkey, id, 'new');
  };
  expect(await announce(slow, pair, defaultRules)).toBe(true);
  expect(slept).toBe(true);
  for (const id of ['a', 'b']) expect(await presence.roomOf(valkey, id)).toBeNull();
});
