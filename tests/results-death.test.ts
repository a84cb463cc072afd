/**
 * A ticker that is killed at any of its calls to Valkey between the end of a match and the record of its result: every
 * such moment is tried. And a Valkey of the records that is killed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultsQueue } from '@overcookied/shared/jobs.ts';
import { dueShards, keys } from '@overcookied/shared/keys.ts';
import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { click, createMatch } from '@overcookied/shared/match/match.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { connectValkey, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import { isoWeek } from '@overcookied/shared/week.ts';
import { expect, onTestFinished, test } from 'vitest';
import { startValkey } from '../dev/valkey/valkey.ts';
import { audit } from '../services/game-ticker/src/audit/audit.ts';
import { countResults } from '../services/game-ticker/src/results-queue.ts';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { freshValkeyUrl, openValkey, silentLog } from './support/valkey.ts';
import { ValkeyProxy } from './support/valkey-proxy.ts';

/** A result is recorded after so long, in ms, whoever dies: a dead worker's job has to be found first. */
const withinMs = 30_000;
/** So many moments are tried side by side: they mostly wait for that. */
const atOnce = 4;
const rules = { ...defaultRules, countdownMs: 0, matchMs: 400 };
const roomId = 'room-of-the-test';
const points = { ada: 5, bo: 3 };

const start = (valkeyUrl: string, recordsUrl = valkeyUrl) =>
  new TestService('game-ticker', { VALKEY_URL: valkeyUrl, RECORDS_URL: recordsUrl }).ready();

/** Two who have not played before begin a match, which the first is going to win. */
async function play(valkey: Valkey, room: string, [one, two]: [string, string]): Promise<void> {
  const player = (id: string) => ({ id, name: id, picture: '', standing: newcomer });
  const next = await createMatch(valkey, room, { mode: 'ranked', p1: player(one), p2: player(two) }, rules);
  await Promise.all([
    click(valkey, { roomId: room, role: 'p1', playerId: one }, { first: 1, last: points.ada }),
    click(valkey, { roomId: room, role: 'p2', playerId: two }, { first: 1, last: points.bo }),
  ]);
  await scheduleNoLaterThan(valkey, room, next);
}

async function withQueue<T>(
  url: string,
  look: (queue: ReturnType<typeof resultsQueue>) => Promise<T>,
): Promise<T> {
  const producer = connectValkey(url, silentLog);
  await whenReady(producer);
  try {
    return await look(resultsQueue(producer, silentLog));
  } finally {
    producer.disconnect();
  }
}

/** Until nothing is left to do of any match. */
async function settle(valkey: Valkey, records: Valkey, recordsUrl: string): Promise<void> {
  await withQueue(recordsUrl, async (queue) => {
    await eventually(async () => {
      const due = await Promise.all(Array.from({ length: dueShards }, (_, i) => valkey.zcard(keys.due(i))));
      const isRecorded = (await records.exists(keys.leaderboard('alltime'))) === 1;
      return due.every((count) => count === 0) && (await countResults(queue)).open === 0 && isRecorded;
    }, withinMs);
    expect(await countResults(queue)).toEqual({ open: 0, failed: 0 });
  });
}

const isUnderWay = async () => false;

/** Once, for both, everywhere. */
async function expectRecordedOnce(valkey: Valkey): Promise<void> {
  for (const [id, delta] of [
    ['ada', 1],
    ['bo', -1],
  ] as const) {
    const { matches, won, lost, points: total, rating } = await valkey.hgetall(keys.player(id));
    expect({ matches, won, lost, total }).toEqual({
      matches: '1',
      won: delta > 0 ? '1' : undefined,
      lost: delta < 0 ? '1' : undefined,
      total: String(points[id]),
    });
    const history = (await valkey.lrange(keys.history(id), 0, -1)).map((json) => JSON.parse(json));
    expect(history).toMatchObject([{ gameId: roomId, score: points[id], winnerId: 'ada', reason: '' }]);
    expect(Math.sign(history[0].ratingDelta)).toBe(delta);
    expect(Number(rating)).toBe(newcomer.rating + history[0].ratingDelta);
    expect(await valkey.zscore(keys.leaderboard('alltime'), id)).toBe(String(points[id]));
    const weekly = keys.leaderboard(`weekly:${isoWeek(history[0].timestamp * 1000)}`);
    expect(await valkey.zscore(weekly, id)).toBe(String(points[id]));
    expect(await valkey.pttl(weekly)).toBeGreaterThan(0);
    expect(await valkey.zscore(keys.leaderboard('rating'), id)).toBe(rating);
  }
  const report = await audit(valkey, { isUnderWay, patienceMs: 0 });
  expect(report).toMatchObject({ players: 2, entries: 2, halfMatches: 0, difference: undefined });
}

const concerns = (call: string[]) =>
  call.some((argument) => /room-of-the-test|\{ada\}|\{bo\}|:leaderboard:/.test(argument));

/** How far it had come: for how many players the match is recorded, and what has become of the job. */
async function progress(valkey: Valkey, url: string): Promise<string> {
  const recorded = await valkey.exists(keys.player('ada'), keys.player('bo'));
  return withQueue(url, async (queue) => `${recorded} recorded, job ${await queue.getJobState(roomId)}`);
}

/**
 * Kills the ticker when it is about to make so many calls that have to do with the match, and has another one go on.
 *
 * @returns how far it had come; undefined when it was done before
 */
async function killAt(moment: number): Promise<string | undefined> {
  const url = await freshValkeyUrl();
  const valkey = await openValkey(url);
  const proxy = await ValkeyProxy.start(url);
  const first = await start(proxy.url);
  let calls = 0;
  let isKilled = false;
  proxy.beforeCall = (call) => {
    if (isKilled || !concerns(call) || ++calls !== moment) return;
    isKilled = true;
    first.process.kill('SIGKILL');
    proxy.cut(true);
  };
  let second: TestService | undefined;
  try {
    await play(valkey, roomId, ['ada', 'bo']);
    const settled = settle(valkey, valkey, url);
    await Promise.race([settled, eventually(() => isKilled, withinMs)]);
    const reached = isKilled ? await progress(valkey, url) : undefined;
    if (isKilled) second = await start(url);
    await settled;
    await expectRecordedOnce(valkey);
    return reached;
  } finally {
    await Promise.all([first.stop('SIGKILL'), second?.stop('SIGKILL')]);
    proxy.stop();
    valkey.disconnect();
  }
}

test('a result is recorded once for both, at whichever of its calls the ticker is killed', async () => {
  const reached = new Set<string>();
  let moment = 0;
  let isOver = false;
  const worker = async () => {
    while (!isOver) {
      const progress = await killAt(++moment);
      if (progress === undefined) isOver = true;
      else reached.add(progress);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(moment).toBeGreaterThan(12);
  // Before it was handed in, before the first player, between the two, and before the job was done.
  for (const each of ['0 recorded, job unknown', '0 recorded, job active', '1 recorded, job active'])
    expect(reached).toContain(each);
  expect(reached).toContain('2 recorded, job active');
}, 240_000);

test('results are recorded once although the Valkey of the records is killed, and away for a while', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-records-'));
  const options = { dir, persist: true, args: ['--appendfsync', 'always'] };
  let keeper = await startValkey(options);
  const { url } = keeper;
  const valkeyUrl = await freshValkeyUrl();
  const valkey = await openValkey(valkeyUrl);
  const records = await openValkey(url);
  const ticker = await start(valkeyUrl, url);
  onTestFinished(async () => {
    await ticker.stop('SIGKILL');
    for (const connection of [valkey, records]) connection.disconnect();
    await keeper.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const isAway = async () => !(await fetch(`${ticker.url}/readyz`)).ok;
  const kill = async () => {
    process.kill(keeper.pid, 'SIGKILL');
    await keeper.ended;
    await eventually(isAway);
  };
  const comeBack = async () => {
    keeper = await startValkey({ ...options, port: keeper.port });
  };
  const games = 120;
  const players = 10;
  for (let i = 0; i < games; i++) {
    // Everybody plays everybody else.
    const one = i % players;
    const two = (one + 1 + (Math.floor(i / players) % (players - 1))) % players;
    await play(valkey, `room-${i}`, [`player-${one}`, `player-${two}`]);
  }
  // In the midst of recording them: what was under way is not known to have been done.
  await eventually(async () => (await records.zcard(keys.leaderboard('alltime'))) > 0);
  await kill();
  // Matches end while it is away.
  for (const room of ['away-1', 'away-2']) await play(valkey, room, ['player-0', 'player-1']);
  await eventually(async () => (await valkey.hget(keys.game('away-2'), 'phase')) === 'over');
  await comeBack();
  await whenReady(records);
  await settle(valkey, records, url);
  const totals = await Promise.all(
    Array.from({ length: players }, (_, i) => records.hgetall(keys.player(`player-${i}`))),
  );
  const sum = (field: string) => totals.reduce((all, total) => all + Number(total[field] ?? 0), 0);
  expect({ matches: sum('matches'), won: sum('won'), lost: sum('lost'), points: sum('points') }).toEqual({
    matches: 2 * (games + 2),
    won: games + 2,
    lost: games + 2,
    points: (games + 2) * (points.ada + points.bo),
  });
  const report = await audit(records, { isUnderWay, patienceMs: 0 });
  expect(report).toMatchObject({ players, halfMatches: 0, difference: undefined });
}, 90_000);
