import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { keys } from '../keys.ts';
import { defaultRules, type Rules } from '../rules.ts';
import type { Valkey } from '../valkey.ts';
import { advance, claim, click, createMatch, leaveSeat, quit, readMatch, takeSeat } from './match.ts';

const ada = { id: 'ada', name: 'Ada', picture: '', standing: { rating: 1_612, deviation: 80.5 } };
const bo = {
  id: 'bo',
  name: 'Bo',
  picture: 'https://example.org/a-picture-with-an-address-of-more-than-64-bytes.png',
};
const roomId = 'a-room';
const p1 = { roomId, role: 'p1', playerId: 'ada' } as const;
const p2 = { roomId, role: 'p2', playerId: 'bo' } as const;
const running: Rules = { ...defaultRules, countdownMs: 0, clickBurst: 1_000 };

/** A match that is being played, in a database of its own. */
async function play(rules: Partial<Rules> = {}): Promise<Valkey> {
  const valkey = await testValkey();
  await createMatch(valkey, roomId, { mode: 'ranked', p1: ada, p2: bo }, { ...running, ...rules });
  return valkey;
}

/** Lets time pass for the match by moving its times back, instead of waiting. */
async function pass(valkey: Valkey, ms: number): Promise<void> {
  const key = keys.game(roomId);
  const times = [
    'startsAt',
    'endsAt',
    'goldenDue',
    'p1BonusFrom',
    'p1BonusUntil',
    'p1AwayUntil',
    'p2AwayUntil',
  ];
  for (const field of times) {
    const value = await valkey.hget(key, field);
    if (value && value !== '0') await valkey.hset(key, field, Number(value) - ms);
  }
  // What clicks have put together of the times, which never change in a match that nobody meddles with.
  await valkey.hdel(key, 'p1:ada', 'p2:bo');
}

test('a match has its rules, players and times, and a time to live', async () => {
  const valkey = await testValkey();
  const next = await createMatch(valkey, roomId, { mode: 'ranked', p1: ada, p2: bo }, defaultRules);
  const match = await readMatch(valkey, roomId);
  expect(match).toMatchObject({
    mode: 'ranked',
    seq: 0,
    rules: defaultRules,
    p1: { ...ada, score: 0, ack: 0 },
    p2: { ...bo, standing: undefined, score: 0, ack: 0 },
    golden: undefined,
    over: undefined,
  });
  expect((match?.endsAt ?? 0) - (match?.startsAt ?? 0)).toBe(60_000);
  expect(next - (match?.startsAt ?? 0)).toBeGreaterThanOrEqual(5_000);
  expect(next - (match?.startsAt ?? 0)).toBeLessThanOrEqual(10_000);
  const ttl = await valkey.pttl(keys.game(roomId));
  expect(ttl).toBeGreaterThan(600_000);
  expect(ttl).toBeLessThanOrEqual(665_000);
});

test('creating a match again changes nothing', async () => {
  const valkey = await play();
  await click(valkey, p1, { first: 1, last: 3 });
  const before = await readMatch(valkey, roomId);
  await createMatch(valkey, roomId, { mode: 'ranked', p1: bo, p2: ada }, { ...running, matchMs: 1_000 });
  expect(await readMatch(valkey, roomId)).toEqual(before);
  await quit(valkey, p1);
  expect(await createMatch(valkey, roomId, { mode: 'ranked', p1: ada, p2: bo }, running)).toBe(0);
});

test('clicks count once however often and in whatever order they are sent', async () => {
  const valkey = await play();
  expect(await click(valkey, p1, { first: 1, last: 3 })).toEqual({
    outcome: 'ok',
    ack: 3,
    counted: 3,
    dropped: 0,
  });
  expect(await click(valkey, p1, { first: 1, last: 3 })).toMatchObject({ ack: 3, counted: 0 });
  expect(await click(valkey, p1, { first: 2, last: 5 })).toMatchObject({ ack: 5, counted: 2 });
  // A gap: the numbers between are still to come.
  expect(await click(valkey, p1, { first: 10, last: 12 })).toMatchObject({ ack: 12, counted: 3 });
  expect(await click(valkey, p1, { first: 7, last: 8 })).toMatchObject({ ack: 12, counted: 2 });
  expect(await click(valkey, p1, { first: 1, last: 12 })).toMatchObject({ ack: 12, counted: 2 });
  expect(await click(valkey, p1, { first: 1, last: 12 })).toMatchObject({ counted: 0 });
  expect((await readMatch(valkey, roomId))?.p1.score).toBe(12);
});

test('clicks without numbers count, and leave the numbers alone', async () => {
  const valkey = await play();
  expect(await click(valkey, p2, { first: 0, last: 2 })).toMatchObject({ ack: 0, counted: 2 });
  expect(await click(valkey, p2, { first: 1, last: 3 })).toMatchObject({ ack: 3, counted: 3 });
  expect(await click(valkey, p2, { first: 0, last: 1 })).toMatchObject({ ack: 3, counted: 1 });
  expect(await click(valkey, p2, { first: 1, last: 4 })).toMatchObject({ ack: 4, counted: 1 });
  expect((await readMatch(valkey, roomId))?.p2.score).toBe(7);
});

test('clicks that would leave too many gaps are refused, and count when the gaps are filled', async () => {
  const valkey = await play();
  for (let number = 2; number <= 128; number += 2) {
    expect(await click(valkey, p1, { first: number, last: number })).toMatchObject({
      outcome: 'ok',
      counted: 1,
    });
  }
  const oneMore = { first: 130, last: 130 };
  expect(await click(valkey, p1, oneMore)).toMatchObject({ outcome: 'too_many_gaps', ack: 128, counted: 0 });
  expect(await click(valkey, p1, { first: 1, last: 1 })).toMatchObject({ outcome: 'ok', counted: 1 });
  expect(await click(valkey, p1, oneMore)).toMatchObject({ outcome: 'ok', ack: 130, counted: 1 });
  await click(valkey, p1, { first: 1, last: 130 });
  expect((await readMatch(valkey, roomId))?.p1.score).toBe(130);
});

test('numbers that nobody can have reached are refused, and spoil nothing', async () => {
  const valkey = await play({ clickRate: 20, clickBurst: 30 });
  await click(valkey, p1, { first: 1, last: 10 });
  // 30 are allowed and a few more by now, of which 10 are used up.
  for (const first of [60, 1_000_000]) {
    const jump = await click(valkey, p1, { first, last: first + 4 });
    expect(jump).toEqual({ outcome: 'seq_jump', ack: 10, counted: 0, dropped: 0 });
  }
  expect(await click(valkey, p1, { first: 21, last: 25 })).toMatchObject({ outcome: 'ok', counted: 5 });
  expect(await click(valkey, p1, { first: 11, last: 20 })).toMatchObject({ outcome: 'ok', counted: 10 });
  // After ten seconds 200 more can have been made: a gap of that size is believed.
  await pass(valkey, 10_000);
  expect(await click(valkey, p1, { first: 200, last: 200 })).toMatchObject({ outcome: 'ok', counted: 1 });
  expect((await readMatch(valkey, roomId))?.p1).toMatchObject({ score: 26, ack: 200 });
});

test('any ranges, sent in any order and more than once, count exactly their union', async () => {
  const valkey = await testValkey();
  const range = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
    .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));
  await fc.assert(
    fc.asyncProperty(fc.array(range, { maxLength: 20 }), async (ranges) => {
      await valkey.flushdb();
      await createMatch(valkey, roomId, { mode: 'ranked', p1: ada, p2: bo }, running);
      const union = new Set<number>();
      for (const { first, last } of ranges) {
        await click(valkey, p1, { first, last });
        for (let number = first; number <= last; number++) union.add(number);
      }
      expect((await readMatch(valkey, roomId))?.p1).toMatchObject({
        score: union.size,
        ack: Math.max(0, ...union),
      });
    }),
    { numRuns: 200 },
  );
});

test('no click counts before the start or after the end', async () => {
  const valkey = await play({ countdownMs: 5_000 });
  expect(await click(valkey, p1, { first: 1, last: 1 })).toMatchObject({
    outcome: 'not_started',
    counted: 0,
  });
  await pass(valkey, 5_001);
  expect(await click(valkey, p1, { first: 1, last: 1 })).toMatchObject({ outcome: 'ok', counted: 1 });
  await pass(valkey, 60_000);
  expect(await click(valkey, p1, { first: 2, last: 2 })).toMatchObject({ outcome: 'match_over', counted: 0 });
  expect((await readMatch(valkey, roomId))?.p1.score).toBe(1);
});

test('clicks faster than the rate, averaged since the start, plus the burst are dropped for good', async () => {
  const valkey = await play({ clickRate: 20, clickBurst: 30 });
  const first = await click(valkey, p1, { first: 1, last: 100 });
  expect(first.ack).toBe(100);
  expect(first.counted).toBeGreaterThanOrEqual(30);
  expect(first.counted).toBeLessThanOrEqual(40);
  expect(first.counted + first.dropped).toBe(100);
  await pass(valkey, 10_000);
  expect(await click(valkey, p1, { first: 1, last: 100 })).toMatchObject({ counted: 0, dropped: 0 });
  // Made while cut off, they count when they arrive: 200 are allowed by now.
  expect(await click(valkey, p1, { first: 101, last: 250 })).toMatchObject({ counted: 150, dropped: 0 });
});

test('the next numbers are answered like any others, whatever of them is too fast', async () => {
  const valkey = await play({ clickRate: 1, clickBurst: 5 });
  const all = { outcome: 'ok', ack: 4, counted: 4, dropped: 0 };
  expect(await click(valkey, p1, { first: 1, last: 4 })).toEqual(all);
  const some = await click(valkey, p1, { first: 5, last: 24 });
  expect(some).toMatchObject({ outcome: 'ok', ack: 24 });
  expect(some.counted).toBeGreaterThanOrEqual(1);
  expect(some.counted).toBeLessThan(20);
  expect(some.dropped).toBe(20 - some.counted);
  await pass(valkey, -2_000);
  expect(await click(valkey, p1, { first: 25, last: 25 })).toMatchObject({ outcome: 'not_started', ack: 24 });
  await pass(valkey, 2_000);
  await valkey.hset(keys.game(roomId), 'p1Counted', 100);
  expect(await click(valkey, p1, { first: 25, last: 26 })).toEqual({
    outcome: 'ok',
    ack: 26,
    counted: 0,
    dropped: 2,
  });
});

test('a match that an older version began is clicked in like any other', async () => {
  const valkey = await play({ clickPoints: 3 });
  await valkey.hdel(keys.game(roomId), 'stepMs', 'p1Counted', 'p2Counted');
  await valkey.del(keys.gameSteps(roomId), keys.gameGoldens(roomId));
  expect(await click(valkey, p1, { first: 1, last: 2 })).toMatchObject({ ack: 2, counted: 2 });
  expect(await click(valkey, p1, { first: 3, last: 3 })).toMatchObject({ ack: 3, counted: 1 });
  const [score, counted] = await valkey.hmget(keys.game(roomId), 'p1Score', 'p1Counted');
  expect([score, counted]).toEqual(['9', '3']);
  expect(await valkey.exists(keys.gameSteps(roomId))).toBe(0);
});

test('gateways are told what each call brought, and of the first and every eighth event when', async () => {
  const valkey = await testValkey();
  const room = randomUUID();
  const listening = await testValkey();
  const told: string[] = [];
  listening.on('smessage', (_channel, text: string) => told.push(text));
  await listening.ssubscribe(keys.gameEvents(room));
  await createMatch(valkey, room, { mode: 'ranked', p1: ada, p2: bo }, running);
  const before = Date.now();
  await click(valkey, { ...p2, roomId: room }, { first: 1, last: 4 });
  for (let number = 1; number <= 8; number++)
    await click(valkey, { ...p1, roomId: room }, { first: number, last: number });
  await vi.waitFor(() => expect(told).toHaveLength(9));
  // Others read it by its order, so that it is compared as text.
  const own = Array.from(
    { length: 8 },
    (_, i) =>
      `{"type":"click","seq":${i + 2},"role":"p1","count":1,"ack":${i + 1},"p1Score":${i + 1},"p2Score":4}`,
  );
  expect(told.map((text) => text.replace(/,"at":\d{16}/, ''))).toEqual([
    '{"type":"click","seq":1,"role":"p2","count":4,"ack":4,"p1Score":0,"p2Score":4}',
    ...own,
  ]);
  const dated = told.map((text) => JSON.parse(text)).filter(({ at }) => at);
  expect(dated.map(({ seq }) => seq)).toEqual([1, 9]);
  for (const { at } of dated) expect(Math.abs(at / 1_000 - before)).toBeLessThan(60_000);
});

test('a golden cookie goes to the first, doubles clicks for a while, and gains hoarders nothing', async () => {
  const valkey = await play({ goldenGapMs: [1_000, 1_000] });
  expect(await claim(valkey, p1)).toBe('no_golden_cookie');
  await pass(valkey, 1_000);
  const spawned = await advance(valkey, roomId);
  expect(spawned).toMatchObject({ phase: 'on', done: expect.any(Number) });
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'on', done: 0 });
  expect((await readMatch(valkey, roomId))?.golden?.id).toBe(1);
  expect(await claim(valkey, p1, 2)).toBe('no_golden_cookie');
  expect(await claim(valkey, p1, 1)).toBe('ok');
  expect(await claim(valkey, p2, 1)).toBe('no_golden_cookie');
  await click(valkey, p1, { first: 1, last: 10 });
  await click(valkey, p2, { first: 1, last: 10 });
  expect(await readMatch(valkey, roomId)).toMatchObject({
    p1: { score: 25 },
    p2: { score: 10 },
    claimed: { id: 1, by: 'ada' },
  });
  // 20 a second for 5 s are 100: 90 more are doubled, 60 are not.
  await click(valkey, p1, { first: 11, last: 160 });
  expect((await readMatch(valkey, roomId))?.p1.score).toBe(25 + 90 * 2 + 60);
  await pass(valkey, 5_000);
  await click(valkey, p1, { first: 161, last: 161 });
  expect((await readMatch(valkey, roomId))?.p1.score).toBe(25 + 90 * 2 + 60 + 1);
});

test('golden cookies come no earlier than due, once for each due time, and replace one another', async () => {
  const valkey = await play({ goldenGapMs: [5_000, 10_000] });
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'on', done: 0 });
  for (let id = 1; id <= 3; id++) {
    await pass(valkey, 10_000);
    const results = await Promise.all(Array.from({ length: 20 }, () => advance(valkey, roomId)));
    expect(results.filter((result) => result.phase === 'on' && result.done > 0)).toHaveLength(1);
    const match = await readMatch(valkey, roomId);
    expect(match?.golden?.id).toBe(id);
    expect(match?.golden?.x).toBeGreaterThanOrEqual(5);
    expect(match?.golden?.x).toBeLessThanOrEqual(95);
  }
});

test('a match ends once, by the score or as a draw, and not early', async () => {
  const valkey = await play({ matchMs: 5_000, goldenGapMs: [60_000, 60_000] });
  await click(valkey, p2, { first: 1, last: 1 });
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'on' });
  await pass(valkey, 5_000);
  // Nobody can quit a match that the score has decided, even if no ticker has said so yet.
  expect(await quit(valkey, p2)).toBe('match_over');
  const ends = await Promise.all(Array.from({ length: 10 }, () => advance(valkey, roomId)));
  expect(ends.filter((end) => end.phase === 'over' && end.done > 0)).toHaveLength(1);
  for (const end of ends) {
    expect(end).toMatchObject({ phase: 'over', result: { winner: 'bo', reason: '', p1: ada, p2: bo } });
  }
  expect(await claim(valkey, p1)).toBe('match_over');
  expect(await valkey.pttl(keys.game(roomId))).toBeGreaterThan(599_000);
});

test('whoever quits loses', async () => {
  const valkey = await play();
  await click(valkey, p1, { first: 1, last: 9 });
  expect(await quit(valkey, p1)).toBe('ok');
  expect(await quit(valkey, p2)).toBe('match_over');
  expect(await advance(valkey, roomId)).toMatchObject({
    phase: 'over',
    done: 0,
    result: {
      mode: 'ranked',
      winner: 'bo',
      reason: 'quit',
      p1: { ...ada, score: 9 },
      p2: { ...bo, standing: undefined, score: 0 },
    },
  });
});

test('whoever stays away loses when the grace is over; whoever comes back does not', async () => {
  const valkey = await play({ graceMs: 1_000 });
  await takeSeat(valkey, p1, 7);
  expect(await leaveSeat(valkey, p1, 6)).toBe(0);
  expect(await leaveSeat(valkey, p1, 7)).toBeGreaterThan(0);
  await pass(valkey, 900);
  expect(await takeSeat(valkey, p1, 8)).toBe(false);
  await pass(valkey, 200);
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'on' });
  // The connection before the one that is there is gone: that means nothing.
  expect(await leaveSeat(valkey, p1, 7)).toBe(0);
  await leaveSeat(valkey, p1, 8);
  await pass(valkey, 1_000);
  expect(await advance(valkey, roomId)).toMatchObject({
    phase: 'over',
    result: { winner: 'bo', reason: 'opponent_disconnected' },
  });
});

test('whoever comes back after the grace has lost, even if no ticker has said so yet', async () => {
  const valkey = await play({ graceMs: 1_000 });
  await leaveSeat(valkey, p1, 7);
  await pass(valkey, 1_001);
  expect(await takeSeat(valkey, p1, 8)).toBe(true);
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'over', result: { winner: 'bo' } });
});

test('whoever comes back while both are away starts the other’s grace', async () => {
  const valkey = await play({ graceMs: 1_000 });
  await leaveSeat(valkey, p1, 7);
  await leaveSeat(valkey, p2, 7);
  await pass(valkey, 5_000);
  expect(await takeSeat(valkey, p1, 8)).toBe(true);
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'over', result: { winner: 'ada' } });
});

test('when both are away the score decides at the end', async () => {
  const valkey = await play({ graceMs: 1_000, matchMs: 20_000, goldenGapMs: [60_000, 60_000] });
  await click(valkey, p2, { first: 1, last: 1 });
  await leaveSeat(valkey, p1, 1);
  await leaveSeat(valkey, p2, 1);
  await pass(valkey, 10_000);
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'on' });
  await pass(valkey, 10_000);
  expect(await advance(valkey, roomId)).toMatchObject({
    phase: 'over',
    result: { winner: 'bo', reason: '' },
  });
});

test('a stranger to the match changes nothing', async () => {
  const valkey = await play();
  const stranger = { roomId, role: 'p1', playerId: 'bo' } as const;
  expect(await click(valkey, stranger, { first: 1, last: 1 })).toMatchObject({ outcome: 'not_in_match' });
  await click(valkey, p1, { first: 1, last: 1 });
  await click(valkey, p2, { first: 1, last: 1 });
  expect(await click(valkey, stranger, { first: 2, last: 2 })).toMatchObject({ outcome: 'not_in_match' });
  expect(await claim(valkey, stranger)).toBe('not_in_match');
  expect(await quit(valkey, stranger)).toBe('not_in_match');
  expect(await click(valkey, { ...p1, roomId: 'no-room' }, { first: 1, last: 1 })).toMatchObject({
    outcome: 'not_in_match',
  });
  expect(await advance(valkey, 'no-room')).toEqual({ phase: 'gone' });
  expect(await valkey.exists(keys.game('no-room'))).toBe(0);
});

test('a match that is over is kept until its result is recorded, however long that takes', async () => {
  const valkey = await play();
  await quit(valkey, p1);
  await valkey.pexpire(keys.game(roomId), 5_000);
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'over' });
  expect(await valkey.pttl(keys.game(roomId))).toBeGreaterThan(590_000);
});

test('who stays away for longer than the grace has lost, although the other goes or quits before anybody says so', async () => {
  const valkey = await play({ graceMs: 1_000 });
  await click(valkey, p1, { first: 1, last: 5 });
  await leaveSeat(valkey, p1, 10);
  await pass(valkey, 1_001);
  // With both away the score would decide, and with one who quits the other would win.
  expect(await leaveSeat(valkey, p2, 11)).toBe(0);
  expect(await quit(valkey, p2)).toBe('match_over');
  expect(await advance(valkey, roomId)).toMatchObject({
    phase: 'over',
    result: { winner: 'bo', reason: 'opponent_disconnected' },
  });
});
