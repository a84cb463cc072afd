import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import type { Recording } from '../api.ts';
import { keys } from '../keys.ts';
import type { Role } from '../protocol.ts';
import { defaultRules, type Rules } from '../rules.ts';
import type { Valkey } from '../valkey.ts';
import { advance, claim, click, createMatch, quit, readMatch } from './match.ts';
import { parseRecording, stepMsOf } from './recording.ts';
import { readRecording } from './recording-reader.ts';
import { readSteps } from './steps.ts';

const ada = { id: 'ada', name: 'Ada', picture: '', standing: { rating: 1_612, deviation: 80.5 } };
const bo = { id: 'bo', name: 'Bo', picture: 'https://example.org/bo.png' };
const roomId = 'a-room';
const seats = {
  p1: { roomId, role: 'p1', playerId: 'ada' },
  p2: { roomId, role: 'p2', playerId: 'bo' },
} as const;
const kept = [keys.game(roomId), keys.gameSteps(roomId), keys.gameGoldens(roomId)] as const;
const quiet: Rules = {
  ...defaultRules,
  ...{ countdownMs: 0, matchMs: 10_000, clickBurst: 10_000, goldenGapMs: [3_600_000, 3_600_000] },
};

/** Steps of 12 s: longer than a busy machine takes for a few calls. */
const slow = { matchMs: 3_600_000 };
const slowStepMs = 12_000;

/** A match that is being played, in a database of its own unless told; what was in it of another is gone. */
async function play(rules: Partial<Rules> = {}, database?: Valkey): Promise<Valkey> {
  const valkey = database ?? (await testValkey());
  await valkey.del(...kept);
  await createMatch(valkey, roomId, { mode: 'private', p1: ada, p2: bo }, { ...quiet, ...rules });
  return valkey;
}

/** Lets time pass for the match by moving its times back, instead of waiting. */
async function pass(valkey: Valkey, ms: number): Promise<void> {
  const fields = [
    'startsAt',
    'endsAt',
    'goldenDue',
    'p1BonusFrom',
    'p1BonusUntil',
    'p2BonusFrom',
    'p2BonusUntil',
  ];
  const times = await valkey.hmget(keys.game(roomId), ...fields);
  const earlier = fields.flatMap((field, i) => (times[i] ? [field, Number(times[i]) - ms] : []));
  await valkey.hset(keys.game(roomId), ...earlier);
  // What clicks have put together of the times, which never change in a match that nobody meddles with.
  await valkey.hdel(keys.game(roomId), 'p1:ada', 'p2:bo');
}

/** Clicks without numbers. */
const clicks = (valkey: Valkey, role: Role, count: number) =>
  click(valkey, seats[role], { first: 0, last: count });

const spawn = async (valkey: Valkey) => {
  await valkey.hset(keys.game(roomId), 'goldenDue', 0);
  await advance(valkey, roomId);
};

/** By the recording's own word; both as sums over all steps. */
function sumsOf(recording: Recording | undefined): Record<Role, { points: number; clicks: number }> {
  const sum = (steps = '') => readSteps(steps).reduce((total, number) => total + number, 0);
  const side = (role: Role) => ({
    points: sum(recording?.points[role]),
    clicks: sum(recording?.clicks[role]),
  });
  return { p1: side('p1'), p2: side('p2') };
}

/** What must be true of a match in which nobody clicks just now. */
async function expectExact(valkey: Valkey): Promise<void> {
  const match = await readMatch(valkey, roomId);
  const counted = async (role: Role) => Number((await valkey.hget(keys.game(roomId), `${role}Counted`)) ?? 0);
  expect(sumsOf(await readRecording(valkey, roomId))).toEqual({
    p1: { points: match?.p1.score, clicks: await counted('p1') },
    p2: { points: match?.p2.score, clicks: await counted('p2') },
  });
}

test('what was kept of a match is how it went', async () => {
  const valkey = await play(slow);
  await clicks(valkey, 'p1', 3);
  await pass(valkey, 2 * slowStepMs);
  await clicks(valkey, 'p1', 40);
  await clicks(valkey, 'p2', 2);
  await spawn(valkey);
  const first = (await readMatch(valkey, roomId))?.golden;
  await spawn(valkey);
  const second = (await readMatch(valkey, roomId))?.golden;
  await pass(valkey, 3 * slowStepMs);
  await claim(valkey, seats.p2, 2);
  await clicks(valkey, 'p2', 1);
  const match = await readMatch(valkey, roomId);
  const soFar = await readRecording(valkey, roomId);
  expect(soFar).toEqual({
    roomId,
    mode: 'private',
    p1: { name: 'Ada', picture: '', rating: 1_612 },
    p2: { name: 'Bo', picture: bo.picture },
    startsAt: match?.startsAt,
    matchMs: 3_600_000,
    clickPoints: 1,
    goldenPoints: 5,
    bonusMs: 5_000,
    bonusFactor: 2,
    stepMs: slowStepMs,
    points: { p1: '30(40)', p2: '002007' },
    clicks: { p1: '30(40)', p2: '002001' },
    goldens: [
      { ...first, at: expect.any(Number) },
      { ...second, at: expect.any(Number), claim: { by: 'p2', at: expect.any(Number) } },
    ],
  });
  const steps = soFar?.goldens.map(({ at, claim }) =>
    [at, claim?.at].map((ms = -1) => Math.floor(ms / slowStepMs)),
  );
  expect(steps).toEqual([
    [2, -1],
    [2, 5],
  ]);

  await quit(valkey, seats.p2);
  expect(await readRecording(valkey, roomId)).toEqual({
    ...soFar,
    over: { winner: 'p1', reason: 'quit', at: expect.any(Number), p1Score: 43, p2Score: 9 },
  });
});

test('whatever is played, the steps add up to the scores and to the clicks that counted', async () => {
  const role = fc.constantFrom<Role>('p1', 'p2');
  const action = fc.oneof(
    fc.tuple(fc.constant('clicks'), role, fc.integer({ min: 1, max: 60 })),
    fc.tuple(fc.constant('claim'), role, fc.constant(0)),
    fc.tuple(fc.constant('pass'), role, fc.integer({ min: 1, max: 900 })),
  );
  const valkey = await testValkey();
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 14 }), async (actions) => {
      await play({ matchMs: 60_000, clickPoints: 3, clickBurst: 50 }, valkey);
      for (const [what, who, number] of actions) {
        if (what === 'clicks') await clicks(valkey, who, number);
        else if (what === 'pass') await pass(valkey, number);
        else {
          await spawn(valkey);
          await claim(valkey, seats[who]);
        }
      }
      await expectExact(valkey);
      await pass(valkey, 60_000);
      await advance(valkey, roomId);
      await expectExact(valkey);
      const recording = await readRecording(valkey, roomId);
      const claims = actions.filter(([what]) => what === 'claim').map(([, who]) => who);
      expect(recording?.goldens.map(({ claim }) => claim?.by)).toEqual(claims);
    }),
    { numRuns: 25 },
  );
});

test('a match that nobody clicked in, and one that was given up before it began', async () => {
  const nobody = await play({ matchMs: 1_000 });
  await pass(nobody, 1_500);
  await advance(nobody, roomId);
  expect(await readRecording(nobody, roomId)).toMatchObject({
    points: { p1: '', p2: '' },
    over: { winner: 'draw', at: 1_000, p1Score: 0, p2Score: 0 },
  });
  const early = await play({ countdownMs: 5_000 });
  await quit(early, seats.p1);
  expect(await readRecording(early, roomId)).toMatchObject({ over: { winner: 'p2', reason: 'quit', at: 0 } });
});

test('a match of an hour has three hundred steps', async () => {
  expect(stepMsOf({ matchMs: 60_000 })).toBe(200);
  expect(stepMsOf({ matchMs: 3_600_000 })).toBe(12_000);
  const valkey = await play(slow);
  await pass(valkey, 3_599_000);
  await clicks(valkey, 'p1', 1);
  expect((await readRecording(valkey, roomId))?.points.p1).toBe(`${'0'.repeat(299)}1`);
  expect(await valkey.strlen(keys.gameSteps(roomId))).toBe(3_000);
});

test('numbers that are larger than there is room for are told all the same, or nothing is', async () => {
  const valkey = await play({ clickPoints: 1_000, clickRate: 1_000, matchMs: 70_000 });
  await pass(valkey, 69_000);
  for (let i = 0; i < 7; i++) await clicks(valkey, 'p1', 10_000);
  await pass(valkey, 1_000);
  await advance(valkey, roomId);
  expect((await readMatch(valkey, roomId))?.p1.score).toBe(70_000_000);
  // In one step there is room for 16.7 million points, and nothing is told that would be wrong.
  await expect(readRecording(valkey, roomId)).rejects.toThrow('add up to');
  const slower = await play({ clickPoints: 1_000, clickRate: 1_000, matchMs: 70_000 });
  for (let i = 0; i < 7; i++) {
    await pass(slower, 9_900);
    await clicks(slower, 'p1', 10_000);
  }
  await pass(slower, 1_000);
  await advance(slower, roomId);
  expect((await readMatch(slower, roomId))?.p1.score).toBe(70_000_000);
  await expectExact(slower);
});

test('it is kept for as long as the match', async () => {
  const valkey = await play();
  const left = () => Promise.all(kept.map((key) => valkey.pttl(key)));
  const [match = 0, ...others] = await left();
  expect(match).toBeGreaterThan(600_000);
  for (const other of others) expect(Math.abs(other - match)).toBeLessThan(100);
  await quit(valkey, seats.p1);
  for (const key of kept) await valkey.pexpire(key, 5_000);
  await advance(valkey, roomId);
  for (const ttl of await left()) expect(ttl).toBeGreaterThan(590_000);
});

test('a match that an older version began goes on without', async () => {
  const valkey = await play();
  const [game, ...others] = kept;
  await valkey.hdel(game, 'stepMs');
  await valkey.del(...others);
  await clicks(valkey, 'p1', 3);
  await spawn(valkey);
  expect(await claim(valkey, seats.p2)).toBe('ok');
  await quit(valkey, seats.p1);
  expect(await advance(valkey, roomId)).toMatchObject({ phase: 'over', result: { p1: { score: 3 } } });
  expect(await valkey.exists(...others)).toBe(0);
  expect(await readRecording(valkey, roomId)).toBeUndefined();
});

test('what services of an older version did is made good', async () => {
  const valkey = await play(slow);
  const byOlder = async (role: Role, count: number) => {
    await valkey.hincrby(keys.game(roomId), `${role}Score`, count);
    await valkey.hincrby(keys.game(roomId), `${role}Counted`, count);
  };
  await clicks(valkey, 'p1', 1);
  await byOlder('p1', 4);
  await byOlder('p2', 7);
  await valkey.hset(keys.game(roomId), 'goldenId', 1, 'goldenOpen', 1);
  await claim(valkey, seats.p1);
  await pass(valkey, slowStepMs);
  await clicks(valkey, 'p1', 1);
  expect((await readRecording(valkey, roomId))?.points).toEqual({ p1: 'a1', p2: '' });
  await quit(valkey, seats.p1);
  await expectExact(valkey);
  expect(await readRecording(valkey, roomId)).toMatchObject({ points: { p2: '07' }, goldens: [] });
});

test('there is none of a match that is not there, and what makes no sense is refused', async () => {
  const valkey = await play();
  expect(await readRecording(valkey, 'another-room')).toBeUndefined();
  await valkey.set(keys.gameGoldens(roomId), '[1,2,3],');
  await expect(readRecording(valkey, roomId)).rejects.toThrow();
  const hash = await valkey.hgetall(keys.game(roomId));
  expect(parseRecording(roomId, { hash, steps: null, goldens: '' })).toBeUndefined();
  expect(parseRecording(roomId, { hash, steps: Buffer.alloc(0), goldens: '' })?.points.p1).toBe('');
});
