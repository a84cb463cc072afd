import { keys } from '@overcookied/shared/keys.ts';
import { type ClickRange, createMatch, type Seat } from '@overcookied/shared/match/match.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import { nanoid } from 'nanoid';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, silentLog } from '../../../tests/support/valkey.ts';
import { ClickCalls } from './click-calls.ts';

async function setUp() {
  const url = await freshValkeyUrl();
  const valkey = await openValkey(url);
  const subscriptions = new Subscriptions(url, silentLog);
  onTestFinished(() => {
    valkey.disconnect();
    subscriptions.close();
  });
  await eventually(async () => !(await subscriptions.problem()));
  const roomId = nanoid();
  const player = (id: string) => ({ id, name: id, picture: '' });
  const players = { mode: 'ranked', p1: player('ada'), p2: player('bo') } as const;
  await createMatch(valkey, roomId, players, { ...defaultRules, countdownMs: 0 });
  return { valkey, subscriptions, roomId, seat: { roomId, role: 'p1', playerId: 'ada' } as const };
}

const counted = (calls: ClickCalls, seat: Seat, range: ClickRange) =>
  new Promise((resolve, reject) => {
    calls.count(seat, range, (error, told) => (error ? reject(error) : resolve(told)));
  });

test('clicks are counted by the connection that brings the events, and the event comes before the reply', async () => {
  const { valkey, subscriptions, roomId, seat } = await setUp();
  const events: string[] = [];
  await subscriptions.add(keys.gameEvents(roomId), {
    message: (text) => events.push(text),
    resubscribed: () => {},
  });
  const calls = new ClickCalls(valkey, subscriptions);
  valkey.disconnect();
  expect(await counted(calls, seat, { first: 1, last: 3 })).toMatchObject({ outcome: 'ok', counted: 3 });
  expect(events).toHaveLength(1);
});

test('while nothing is subscribed to, and where replicas are waited for, they are counted all the same', async () => {
  const { valkey, seat } = await setUp();
  const waiting = new ClickCalls(valkey, undefined);
  expect(await counted(waiting, seat, { first: 1, last: 1 })).toMatchObject({ outcome: 'ok', ack: 1 });
  const nowhere = new Subscriptions('valkey://127.0.0.1:1', silentLog);
  onTestFinished(() => nowhere.close());
  const calls = new ClickCalls(valkey, nowhere);
  expect(await counted(calls, seat, { first: 2, last: 2 })).toMatchObject({ outcome: 'ok', ack: 2 });
});
