import { resultBackoff, resultsQueue } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { unpackReplay } from '@overcookied/shared/match/replay.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { closeValkey, connectValkey, connectWorker, whenReady } from '@overcookied/shared/valkey.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, silentLog } from '../../../tests/support/valkey.ts';
import { countResults, isOpen, retryFailed } from './results-queue.ts';
import { workOnResults } from './results-worker.ts';

const result = (roomId: string, endedAt = Date.now()): MatchResult => ({
  roomId,
  mode: 'ranked',
  p1: { id: 'ada', name: 'Ada', picture: '', score: 3 },
  p2: { id: 'bo', name: 'Bo', picture: '', score: 1 },
  winner: 'ada',
  reason: '',
  endedAt,
});

/** A ticker's part in results, on a database of its own. */
async function start() {
  const url = await freshValkeyUrl();
  const records = await openValkey(url);
  const producer = connectValkey(url, silentLog);
  const jobs = connectWorker(url, silentLog);
  await whenReady(producer);
  const said: string[] = [];
  const say = (_: unknown, text = '') => void said.push(text);
  const log = Object.assign(createLog('tests', 'warn'), { warn: say, error: say });
  const metrics = new Metrics('test');
  const results = workOnResults({ records, producer, jobs }, log, metrics);
  onTestFinished(async () => {
    await results.stop();
    await Promise.all([records, producer, jobs].map(closeValkey));
  });
  const metric = async (name: string) => {
    const lines = (await metrics.registry.metrics()).split('\n');
    return Number(
      lines
        .find((line) => line.startsWith(`overcookied_${name}`))
        ?.split(' ')
        .at(-1),
    );
  };
  return { records, producer, results, said, metric };
}

test('a result is tried again after half a second, then ever later, at last every half minute', () => {
  for (const [attempt, most] of [
    [1, 500],
    [2, 1_000],
    [6, 16_000],
    [7, 30_000],
    [2_880, 30_000],
  ] as const) {
    const waits = Array.from({ length: 200 }, () => resultBackoff(attempt));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(most / 4);
  }
});

test('a result that cannot be recorded is counted, and recorded once what was wrong is mended', async () => {
  const { records, results, said, metric } = await start();
  await records.set(keys.history('bo'), 'in the way');
  await results.handIn(result('room-1'));
  await eventually(() => metric('results_failures_total{outcome="retry"'));
  expect(said).toContain('job failed, it will be tried again');
  await eventually(async () => (await metric('results_open')) === 1, 8_000);
  await records.del(keys.history('bo'));
  await eventually(() => metric('results_recorded_total'), 8_000);
  for (const id of ['ada', 'bo']) {
    expect(await records.hget(keys.player(id), 'matches')).toBe('1');
    expect(await records.llen(keys.history(id))).toBe(1);
  }
});

test('a result is recorded with how the match went, without, and with what makes no sense', async () => {
  const { records, results, said, metric } = await start();
  const recording = {
    ...{ roomId: 'with', mode: 'ranked', startsAt: 1, matchMs: 60_000, stepMs: 200, goldens: [] },
    ...{
      clickPoints: 1,
      goldenPoints: 5,
      bonusMs: 5_000,
      bonusFactor: 2,
      points: { p1: '3', p2: '01' },
      clicks: { p1: '3', p2: '01' },
    },
    ...{ p1: { name: 'Ada', picture: '' }, p2: { name: 'Bo', picture: '' } },
    over: { winner: 'p1', at: 60_000, p1Score: 3, p2Score: 1 },
  };
  await results.handIn({ ...result('with'), recording });
  await results.handIn({ ...result('odd'), recording: { ...recording, points: 'many' } });
  // As a ticker of an older version hands it in.
  await results.handIn(result('without'));
  await eventually(async () => (await metric('results_recorded_total')) === 3);
  expect(await records.llen(keys.history('ada'))).toBe(3);
  expect(unpackReplay((await records.getBuffer(keys.replay('with'))) as Buffer)).toEqual(recording);
  expect(await records.exists(keys.replay('odd'), keys.replay('without'))).toBe(0);
  expect(said).toEqual(['not a recording: the match has no replay']);
});

test('a result that failed for good is told, counted and kept, and handing it in again adds nothing', async () => {
  const { records, producer, results, said, metric } = await start();
  const late = result('late', Date.now() - 15 * 86_400_000);
  await results.handIn(late);
  await eventually(() => metric('results_failures_total{outcome="for_good"'));
  expect(said).toEqual(['job failed for good']);
  await results.handIn(late);
  const queue = resultsQueue(producer, silentLog);
  expect(await queue.getJobCounts()).toMatchObject({
    waiting: 0,
    delayed: 0,
    active: 0,
    failed: 1,
  });
  expect((await queue.getFailed())[0]).toMatchObject({
    id: 'late',
    data: { roomId: 'late', winner: 'ada' },
    failedReason: expect.stringContaining('not known any more whether it is recorded'),
  });
  await eventually(async () => (await metric('results_failed')) === 1, 8_000);
  expect(await records.exists(keys.player('ada'))).toBe(0);
});

test('what failed for good can be tried again', async () => {
  const { records, producer, metric } = await start();
  const queue = resultsQueue(producer, silentLog);
  const { winner: _, ...incomplete } = result('room-1');
  const job = await queue.add('record', incomplete as MatchResult, { jobId: 'room-1' });
  await eventually(async () => (await countResults(queue)).failed === 1);
  expect((await queue.getFailed())[0]?.failedReason).toBe(
    'not a result: winner: Invalid input: expected string, received undefined',
  );
  expect(await isOpen(queue, 'room-1')).toBe(false);
  await job.updateData(result('room-1'));
  expect(await retryFailed(queue)).toBe(1);
  await eventually(() => metric('results_recorded_total'));
  expect(await records.hget(keys.player('ada'), 'matches')).toBe('1');
  // The job is done a moment after the result is recorded.
  await expect.poll(() => countResults(queue)).toEqual({ open: 0, failed: 0 });
  expect(await retryFailed(queue)).toBe(0);
});
