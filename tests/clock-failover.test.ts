/** The clock of a thousand matches, while the tickers that run it die and sleep. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch, type Player } from '@overcookied/shared/match/match.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { MatchWitness, type Story } from './support/match-witness.ts';
import { TestService } from './support/service.ts';
import { openValkey } from './support/valkey.ts';

const matches = 1_000;
const goldenGapMs: [number, number] = [800, 1_600];
/** An event may be so late when a ticker dies, in ms. */
const mostLateMs = 1_500;
/** Between two scripts' times and when Valkey says that they ran, in ms: the machine may be away in between. */
const slackMs = 20;
/** A result that a dead ticker was recording is taken up by another after up to 7.5 s. */
const recordedWithinMs = 15_000;

let dir: string;
let server: RunningValkey;
let databases = 0;

// Of its own: the witness looks at all that a Valkey does, and the other tests' would be too much to look at.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-clock-'));
  server = await startValkey({ dir, persist: false });
});
afterAll(async () => {
  await server?.stop();
  await rm(dir, { recursive: true, force: true });
});

interface Scene {
  valkey: Valkey;
  witness: MatchWitness;
  /** Resolves when it is ready. */
  startTicker(): Promise<TestService>;
}

async function setUp(): Promise<Scene> {
  const url = `${server.url}/${databases++}`;
  const valkey = await openValkey(url);
  const witness = await MatchWitness.watch(url);
  onTestFinished(() => {
    witness.stop();
    valkey.disconnect();
  });
  return {
    valkey,
    witness,
    startTicker: async () => {
      const ticker = new TestService('game-ticker', { VALKEY_URL: url });
      onTestFinished(async () => {
        ticker.process.kill('SIGCONT');
        await ticker.stop();
      });
      return ticker.ready();
    },
  };
}

/** Begins the matches as a matchmaker does, with ends spread evenly between these times from now, in ms. */
async function beginMatches({ valkey }: Scene, firstEndMs: number, lastEndMs: number): Promise<string[]> {
  const player = (id: string): Player => ({ id, name: id, picture: '' });
  const rooms = Array.from({ length: matches }, (_, i) => `room-${databases}-${i}`);
  await Promise.all(
    rooms.map(async (roomId, i) => {
      const matchMs = Math.round(firstEndMs + ((lastEndMs - firstEndMs) * i) / matches);
      const rules = Rules.parse({ countdownMs: 0, matchMs, goldenGapMs });
      const players = { p1: player(`a-${roomId}`), p2: player(`b-${roomId}`) };
      const next = await createMatch(valkey, roomId, { mode: 'ranked', ...players }, rules);
      await scheduleNoLaterThan(valkey, roomId, next);
    }),
  );
  return rooms;
}

/** When nobody ran the clock, in ms. */
interface Gap {
  from: number;
  to: number;
}

const never: Gap = { from: 0, to: 0 };

/** The latest moment at which what was due at `due` may happen. */
function latest(due: number, { from, to }: Gap): number {
  const wasMissed = due + mostLateMs > from && due < to;
  return (wasMissed ? Math.max(due, to) : due) + mostLateMs;
}

/** What is wrong with a match that is over; empty when nothing is. */
function flaws({ endsAt, goldenDues, events }: Story, gap: Gap): string[] {
  const found: string[] = [];
  const check = (isRight: boolean, what: string) => {
    if (!isRight) found.push(what);
  };
  const spawns = events.filter(({ event }) => event.type === 'spawn');
  for (const [i, { at, event }] of spawns.entries()) {
    const due = goldenDues[i] ?? Number.NaN;
    check(event.type === 'spawn' && event.id === i + 1, `golden cookie ${i + 1} is ${JSON.stringify(event)}`);
    check(at >= due, `golden cookie ${i + 1} came ${due - at} ms early`);
    check(at <= latest(due, gap), `golden cookie ${i + 1} came ${at - due} ms late`);
    const before = spawns[i - 1]?.at ?? Number.NEGATIVE_INFINITY;
    check(at - before >= goldenGapMs[0] - slackMs, `golden cookie ${i + 1} came ${at - before} ms after one`);
  }
  const missed = goldenDues[spawns.length] ?? Number.NaN;
  check(
    latest(missed, gap) >= endsAt,
    `a golden cookie that was due ${endsAt - missed} ms before the end never came`,
  );
  const overs = events.filter(({ event }) => event.type === 'over');
  check(overs.length === 1, `it was over ${overs.length} times`);
  const overAt = overs[0]?.at ?? Number.NaN;
  check(overAt >= endsAt, `it was over ${endsAt - overAt} ms early`);
  check(overAt <= latest(endsAt, gap), `it was over ${overAt - endsAt} ms late`);
  check(events.at(-1)?.event.type === 'over', 'something happened after its end');
  return found;
}

/** Waits until all matches are over and recorded, and says what is wrong with any. */
async function expectFlawless(scene: Scene, rooms: string[], lastEndMs: number, gap = never): Promise<void> {
  const { valkey, witness } = scene;
  const stories = () =>
    rooms.map((room) => witness.stories.get(room) ?? { endsAt: 0, goldenDues: [], events: [] });
  const isOver = ({ events }: Story) => events.some(({ event }) => event.type === 'over');
  // Whatever is not over by then is found wanting below.
  await eventually(() => stories().every(isOver), lastEndMs + 2 * mostLateMs).catch(() => {});
  const wrong = stories().flatMap((story, i) => flaws(story, gap).map((flaw) => `${rooms[i]}: ${flaw}`));
  expect(wrong).toEqual([]);
  const players = rooms.flatMap((room) => [`a-${room}`, `b-${room}`]);
  const played = async () => {
    const all = await Promise.all(players.map((id) => valkey.hget(`overcookied:player:{${id}}`, 'matches')));
    return all.filter((count) => count !== null);
  };
  await eventually(async () => (await played()).length === players.length, recordedWithinMs);
  await eventually(async () => (await dueCount(valkey)) === 0);
  expect((await played()).filter((count) => count !== '1')).toEqual([]);
  const lists = await Promise.all(players.map((id) => valkey.llen(`overcookied:history:{${id}}`)));
  expect(lists.filter((length) => length !== 1)).toEqual([]);
  // Nobody has changed a match without an event.
  const seqs = await Promise.all(rooms.map((room) => valkey.hget(`overcookied:game:{${room}}`, 'seq')));
  expect(seqs).toEqual(stories().map(({ events }) => String(events.length)));
  // Nor has anybody said that a match needs its clock at a time long past.
  expect(witness.dues.filter(({ at, due }) => due < at - mostLateMs)).toEqual([]);
}

async function dueCount(valkey: Valkey): Promise<number> {
  const sets = await Promise.all(
    Array.from({ length: 16 }, (_, shard) => valkey.zcard(`overcookied:due:{${shard}}`)),
  );
  return sets.reduce((sum, count) => sum + count, 0);
}

test('of two tickers one is killed: the other has all matches within 1.5 s', {
  timeout: 60_000,
}, async () => {
  const scene = await setUp();
  const [ticker] = await Promise.all([scene.startTicker(), scene.startTicker()]);
  const rooms = await beginMatches(scene, 1_500, 4_000);
  await sleep(2_000);
  await ticker.stop('SIGKILL');
  await expectFlawless(scene, rooms, 4_000);
});

test('of two tickers one sleeps for five seconds, and changes nothing when it wakes up', {
  timeout: 60_000,
}, async () => {
  const scene = await setUp();
  const [ticker] = await Promise.all([scene.startTicker(), scene.startTicker()]);
  const rooms = await beginMatches(scene, 1_500, 8_000);
  await sleep(1_500);
  ticker.process.kill('SIGSTOP');
  await sleep(5_000);
  ticker.process.kill('SIGCONT');
  await expectFlawless(scene, rooms, 8_000);
});

test('the only ticker is killed: another has all matches within 1.5 s of being ready', {
  timeout: 60_000,
}, async () => {
  const scene = await setUp();
  const ticker = await scene.startTicker();
  const rooms = await beginMatches(scene, 1_000, 5_000);
  await sleep(1_500);
  const from = Date.now();
  await ticker.stop('SIGKILL');
  await scene.startTicker();
  await expectFlawless(scene, rooms, 5_000, { from, to: Date.now() });
});
