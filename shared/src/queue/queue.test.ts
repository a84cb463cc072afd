import { describe, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { ticketOf } from '../../../tests/support/ticket.ts';
import { testValkey } from '../../../tests/support/valkey.ts';
import { keys } from '../keys.ts';
import type { Valkey } from '../valkey.ts';
import { joinParty, joinQueue, leaveQueue, readOutlook, readTicket } from './queue.ts';

const ticket = (id: string, connection = 1) => ticketOf(id, { connection });
const friend = (id: string, code: string, connection = 1) => ({
  ...ticket(id, connection),
  mode: 'private' as const,
  code,
});
const holdsMs = 600_000;
const rememberedMs = 60_000;
const meet = (valkey: Valkey, id: string, code: string, roomId = `${code}-room`) =>
  joinParty(valkey, friend(id, code), roomId, holdsMs, rememberedMs);

const isWaiting = async (valkey: Valkey, id: string) => (await readTicket(valkey, id)) !== undefined;

describe('the common queue', () => {
  test('players stand in the order in which they joined, within a millisecond too', async () => {
    const valkey = await testValkey();
    const ids = Array.from({ length: 200 }, (_, i) => `player-${(i * 37) % 200}`);
    const joined = await Promise.all(ids.map((id) => joinQueue(valkey, ticket(id))));
    expect(await valkey.zrange(keys.queue, 0, '-1')).toEqual(ids);
    expect(joined.at(-1)).toMatchObject({ outcome: 'queued', waiting: 200 });
    for (const each of joined) {
      if (each.outcome !== 'queued') throw new Error('not queued');
      expect(Number.isInteger(each.since)).toBe(true);
      expect(Math.abs(each.since - Date.now())).toBeLessThan(5_000);
    }
  });

  test('joining again keeps the place, and leaving gives it up', async () => {
    const valkey = await testValkey();
    const first = await joinQueue(valkey, ticket('ada'));
    await joinQueue(valkey, ticket('bo'));
    expect(await joinQueue(valkey, ticket('ada'))).toEqual({ ...first, waiting: 2 });
    expect(await isWaiting(valkey, 'ada')).toBe(true);
    expect(await leaveQueue(valkey, 'ada', 1)).toBe('left');
    expect(await leaveQueue(valkey, 'ada', 1)).toBe('absent');
    expect(await isWaiting(valkey, 'ada')).toBe(false);
    expect((await readOutlook(valkey)).waiting).toBe(1);
  });

  test('a connection that has been taken over does not take the newer one’s place', async () => {
    const valkey = await testValkey();
    await joinQueue(valkey, ticket('ada', 2));
    expect(await joinQueue(valkey, ticket('ada', 1))).toEqual({ outcome: 'older' });
    expect(await joinParty(valkey, friend('ada', 'code', 1), 'room', holdsMs, rememberedMs)).toEqual({
      outcome: 'older',
    });
    expect(await readTicket(valkey, 'ada')).toMatchObject({ connection: 2, mode: 'ranked' });
  });

  test('the estimated wait is the median of the latest', async () => {
    const valkey = await testValkey();
    expect(await readOutlook(valkey)).toEqual({ waiting: 0, estimatedWaitMs: undefined, practice: false });
    await valkey.lpush(keys.waits, 90_000, 10, 30, 20, 5);
    expect(await readOutlook(valkey)).toMatchObject({ estimatedWaitMs: 20 });
  });
});

describe('a party', () => {
  test('the second to come makes the pair, the third is told', async () => {
    const valkey = await testValkey();
    expect(await meet(valkey, 'ada', 'code')).toMatchObject({ outcome: 'queued' });
    expect(await meet(valkey, 'bo', 'code', 'room')).toEqual({ outcome: 'made' });
    expect(await meet(valkey, 'cy', 'code')).toEqual({ outcome: 'used' });
    expect(await meet(valkey, 'ada', 'code')).toEqual({ outcome: 'paired' });
    expect(JSON.parse((await valkey.hget(keys.pending, 'room')) ?? '')).toMatchObject({
      roomId: 'room',
      p1: { id: 'ada', mode: 'private' },
      p2: { id: 'bo', mode: 'private' },
    });
    expect(await leaveQueue(valkey, 'ada', 1)).toBe('paired');
    expect(await joinQueue(valkey, ticket('bo'))).toEqual({ outcome: 'paired' });
  });

  test('of many who come at once two meet', async () => {
    const valkey = await testValkey();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await meet(valkey, `p${i}`, 'code', `room-${i}`)).outcome),
    );
    expect(outcomes.sort()).toEqual(['made', 'queued', ...Array(18).fill('used')]);
    expect(await valkey.hlen(keys.pending)).toBe(1);
  });

  test('nobody meets themself, and coming again keeps the time', async () => {
    const valkey = await testValkey();
    const first = await meet(valkey, 'ada', 'code');
    expect(await joinParty(valkey, friend('ada', 'code', 2), 'room', 5, 5)).toEqual(first);
    expect(await valkey.hlen(keys.pending)).toBe(0);
  });

  test('whoever has left, or waits elsewhere by now, is not met', async () => {
    const valkey = await testValkey();
    await meet(valkey, 'ada', 'code');
    expect(await leaveQueue(valkey, 'ada', 1)).toBe('left');
    expect(await meet(valkey, 'bo', 'code')).toMatchObject({ outcome: 'queued' });
    await joinQueue(valkey, ticket('bo'));
    expect(await meet(valkey, 'cy', 'code')).toMatchObject({ outcome: 'queued' });
    await meet(valkey, 'cy', 'other');
    expect(await meet(valkey, 'di', 'code')).toMatchObject({ outcome: 'queued' });
    expect(await meet(valkey, 'di', 'other')).toEqual({ outcome: 'made' });
  });

  test('whoever goes to a party does not wait in the queue any more', async () => {
    const valkey = await testValkey();
    await joinQueue(valkey, ticket('ada'));
    await meet(valkey, 'ada', 'code');
    expect((await readOutlook(valkey)).waiting).toBe(0);
    expect(await isWaiting(valkey, 'ada')).toBe(true);
  });

  test('a code that has run out lets nobody in, and is forgotten later', async () => {
    const valkey = await testValkey();
    await joinParty(valkey, friend('ada', 'code'), 'room', 20, rememberedMs);
    await eventually(async () => (await meet(valkey, 'ada', 'code')).outcome === 'expired');
    expect(await meet(valkey, 'bo', 'code')).toEqual({ outcome: 'expired' });
    expect(await valkey.pttl(keys.party('code'))).toBeGreaterThan(0);
  });
});
