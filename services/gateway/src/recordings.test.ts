import { keys } from '@overcookied/shared/keys.ts';
import { createLog } from '@overcookied/shared/log.ts';
import { createMatch, quit } from '@overcookied/shared/match/match.ts';
import { readRecording } from '@overcookied/shared/match/recording-reader.ts';
import { packReplay } from '@overcookied/shared/match/replay.ts';
import type { Mode } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { answerRecording } from './recordings.ts';

const roomId = 'room';

/** A match that is over, of which nothing is kept but by itself, and who answers how it went. */
async function setUp(mode: Mode = 'ranked') {
  const [matches, records] = [await testValkey(), await testValkey()];
  const player = (id: string) => ({ id, name: id, picture: '' });
  await createMatch(matches, roomId, { mode, p1: player('ada'), p2: player('bo') }, defaultRules);
  await quit(matches, { roomId, role: 'p1', playerId: 'ada' });
  const recording = await readRecording(matches, roomId);
  if (!recording) throw new Error('the match has no recording');
  const said: unknown[] = [];
  const log = Object.assign(createLog('tests', 'warn'), { warn: (what: unknown) => void said.push(what) });
  const app = new Hono();
  app.onError((error, c) => c.text(error.message, 503));
  app.get('/:roomId', answerRecording({ matches, records, log }));
  const keep = () => records.set(keys.replay(roomId), packReplay(recording));
  return { matches, records, recording, said, keep, ask: () => app.request(`/${roomId}`) };
}

test('what was kept with the result is told while the matches’ Valkey is away', async () => {
  const { matches, recording, said, keep, ask } = await setUp();
  await keep();
  matches.disconnect();
  const answer = await ask();
  expect([answer.status, await answer.json()]).toEqual([200, recording]);
  expect(said).toEqual([]);
});

test('while it is away, nobody is told that there is no such match', async () => {
  const { matches, ask } = await setUp();
  matches.disconnect();
  expect((await ask()).status).toBe(503);
});

test('what makes no sense is said in the log, and what was kept with the result is told', async () => {
  const { matches, records, recording, said, keep, ask } = await setUp();
  await matches.set(keys.gameGoldens(roomId), '[nonsense],');
  expect((await ask()).status).toBe(503);
  await records.set(keys.replay(roomId), 'nonsense');
  expect((await ask()).status).toBe(503);
  await keep();
  expect(await (await ask()).json()).toEqual(recording);
  const nonsense = { room: roomId, reason: expect.stringContaining('JSON') };
  expect(said).toEqual([nonsense, nonsense, { room: roomId, reason: expect.any(String) }, nonsense]);
});

test.each<[Mode, string]>([
  ['ranked', 'public, max-age=3600'],
  ['practice', 'no-store'],
])('of a match that is over, %s, it may be kept: %s', async (mode, control) => {
  const { ask } = await setUp(mode);
  const answer = await ask();
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, control]);
});
