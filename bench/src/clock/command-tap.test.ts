import { keys } from '@overcookied/shared/keys.ts';
import { askForClock } from '@overcookied/shared/match/due.ts';
import { advance, createMatch } from '@overcookied/shared/match/match.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { expect, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, testValkey } from '../../../tests/support/valkey.ts';
import { CommandTap } from './command-tap.ts';
import { connectionsOf, purposeOf } from './traffic.ts';

const untilDue = () => new Promise((resolve) => setTimeout(resolve, 20));

test('counts what some connections ask for, and what their scripts run, by what it is for', async () => {
  const url = await freshValkeyUrl();
  const [watched, other] = [await openValkey(url), await openValkey(url)];
  const rules = { ...defaultRules, countdownMs: 0, goldenGapMs: [1, 1] as [number, number] };
  const player = (id: string) => ({ id, name: id, picture: '' });
  await createMatch(other, 'room', { mode: 'ranked', p1: player('a'), p2: player('b') }, rules);
  // So that it is known by its hash from here on, and not the first event, which tells the time as well.
  await untilDue();
  await advance(watched, 'room');
  await untilDue();

  const id = String(await watched.client('ID'));
  const { address = '' } = (await connectionsOf(watched)).get(id) ?? {};
  const tap = await CommandTap.open(other, new Set([address]), purposeOf);
  await advance(watched, 'room');
  await askForClock(watched, 'room');
  await askForClock(other, 'room');
  await advance(other, 'room');
  await watched.time();
  await eventually(() => tap.seen.get('upkeep')?.sent === 1);
  tap.close();
  const { seen } = tap;
  expect([...seen.keys()].toSorted()).toEqual(['advance', 'due', 'upkeep']);
  expect(seen.get('due')).toEqual({ sent: 1, inScripts: 0 });
  // TIME, HMGET, HSET, APPEND and SPUBLISH: a golden cookie has come.
  expect(seen.get('advance')).toEqual({ sent: 1, inScripts: 5 });
  for (const connection of [watched, other]) connection.disconnect();
});

test('Valkey tells of each connection what it sent and heard', async () => {
  const valkey = await testValkey();
  const id = String(await valkey.client('ID'));
  const before = (await connectionsOf(valkey)).get(id);
  await valkey.set('key', 'x'.repeat(10_000));
  await valkey.get('key');
  const after = (await connectionsOf(valkey)).get(id);
  for (const field of ['bytesIn', 'bytesOut'] as const)
    expect((after?.[field] ?? 0) - (before?.[field] ?? 0)).toBeGreaterThan(10_000);
});

test.each([
  ['due_take', keys.due(0), 'due'],
  ['zrem', keys.due(3), 'due'],
  ['match_advance', keys.game('room'), 'advance'],
  ['hgetall', keys.game('room'), 'result'],
  ['get', keys.gameGoldens('room'), 'result'],
  ['record', keys.player('ada'), 'records'],
  ['zadd', keys.leaderboard('alltime'), 'records'],
  ['put_rating', keys.leaderboard('rating'), 'records'],
  ['a script of BullMQ', `${keys.jobs('results')}:results:id`, 'records'],
  ['set', keys.replay('room'), 'records'],
  ['time', '', 'upkeep'],
  ['zrangebyscore', keys.gateways, 'upkeep'],
])('%s of %s is for %s', (name, key, purpose) => {
  expect(purposeOf(name, key)).toBe(purpose);
});
