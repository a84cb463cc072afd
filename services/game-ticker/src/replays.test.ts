import type { Recording } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { advance, click, createMatch, quit } from '@overcookied/shared/match/match.ts';
import { readRecording } from '@overcookied/shared/match/recording-reader.ts';
import { unpackReplay } from '@overcookied/shared/match/replay.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { keepReplay, letGoOfRecording, withRecording } from './replays.ts';

const roomId = 'room';
const dayMs = 86_400_000;

function listeningLog() {
  const said: { reason: string }[] = [];
  const log = Object.assign(createLog('tests', 'warn'), { warn: (what: never) => void said.push(what) });
  return { log, said };
}

/** A match that is over. */
async function playOne(valkey: Valkey): Promise<MatchResult> {
  const player = (id: string) => ({ id, name: id, picture: '' });
  const match = { mode: 'ranked', p1: player('ada'), p2: player('bo') } as const;
  await createMatch(valkey, roomId, match, { ...defaultRules, countdownMs: 0 });
  await click(valkey, { roomId, role: 'p1', playerId: 'ada' }, { first: 1, last: 5 });
  await quit(valkey, { roomId, role: 'p2', playerId: 'bo' });
  const end = await advance(valkey, roomId);
  if (end.phase !== 'over') throw new Error('the match is not over');
  return end.result;
}

test('how a match went is kept for 30 days after its end, as it was, however often', async () => {
  const [valkey, records] = [await testValkey(), await testValkey()];
  const { log, said } = listeningLog();
  const played = await playOne(valkey);
  // As a job of the results queue carries it.
  const result = JSON.parse(JSON.stringify(await withRecording(valkey, played, log)));
  const recording = await readRecording(valkey, roomId);
  expect(recording).toMatchObject({ points: { p1: '5', p2: '' }, over: { winner: 'p1', reason: 'quit' } });
  await keepReplay(records, result, log);
  const replay = await records.getBuffer(keys.replay(roomId));
  expect(unpackReplay(replay as Buffer)).toEqual(recording);
  expect(replay?.length).toBeLessThan(JSON.stringify(recording).length);
  await keepReplay(records, result, log);
  expect(await records.getBuffer(keys.replay(roomId))).toEqual(replay);
  expect(await records.pexpiretime(keys.replay(roomId))).toBe(played.endedAt + 30 * dayMs);
  expect(said).toEqual([]);
});

test('nobody is named in it but by what others see of them', async () => {
  const valkey = await testValkey();
  await playOne(valkey);
  await valkey.hset(keys.game(roomId), 'p1', 'guest_secret', 'winner', 'guest_secret');
  const recording = await readRecording(valkey, roomId);
  expect(recording?.over?.winner).toBe('p1');
  expect(JSON.stringify(recording)).not.toContain('guest_secret');
});

test('once its result has it a match lets go of it soon, but not of itself', async () => {
  const valkey = await testValkey();
  const { log } = listeningLog();
  const result = await withRecording(valkey, await playOne(valkey), log);
  const left = (key: string) => valkey.pttl(key);
  await letGoOfRecording(valkey, { ...result, recording: undefined }, log);
  expect(await left(keys.gameSteps(roomId))).toBeGreaterThan(500_000);
  await letGoOfRecording(valkey, result, log);
  for (const key of [keys.gameSteps(roomId), keys.gameGoldens(roomId)]) {
    expect(await left(key)).toBeGreaterThan(0);
    expect(await left(key)).toBeLessThanOrEqual(60_000);
  }
  expect(await left(keys.game(roomId))).toBeGreaterThan(500_000);
});

test('a result is as good without: what cannot be read is left out, and said', async () => {
  const valkey = await testValkey();
  const { log, said } = listeningLog();
  const played = await playOne(valkey);
  await valkey.set(keys.gameGoldens(roomId), '[nonsense],');
  expect(await withRecording(valkey, played, log)).toEqual(played);
  await valkey.del(keys.gameSteps(roomId));
  await valkey.lpush(keys.gameSteps(roomId), 'in the way');
  expect(await withRecording(valkey, played, log)).toEqual(played);
  expect(said).toMatchObject([
    { room: roomId, reason: expect.stringContaining('JSON') },
    { room: roomId, reason: expect.stringContaining('WRONGTYPE') },
  ]);
  await valkey.del(keys.gameSteps(roomId));
  expect((await withRecording(valkey, played, log)).recording).toBeUndefined();
  expect(said).toHaveLength(2);
});

test('without Valkey a result waits for how its match went; once it is handed in it waits for nothing', async () => {
  const valkey = await testValkey();
  const { log, said } = listeningLog();
  const played = await playOne(valkey);
  const recorded = await withRecording(valkey, played, log);
  valkey.disconnect();
  await expect(withRecording(valkey, played, log)).rejects.toThrow('writeable');
  await letGoOfRecording(valkey, recorded, log);
  expect(said).toEqual([]);
});

test('what an older version handed in, without what clicks and golden cookies brought, is kept', async () => {
  const valkey = await testValkey();
  const { log, said } = listeningLog();
  const result = await withRecording(valkey, await playOne(valkey), log);
  const { clickPoints, goldenPoints, ...older } = result.recording as Recording;
  await keepReplay(valkey, { ...result, recording: older as Recording }, log);
  const replay = await valkey.getBuffer(keys.replay(roomId));
  expect(unpackReplay(replay as Buffer)).toMatchObject({ clickPoints: 1, goldenPoints: 5 });
  expect(said).toEqual([]);
});
