/** How large the keys are that the game keeps, each made by the code that makes it in production. */
import { randomBytes } from 'node:crypto';
import { Random } from '@overcookied/bot/random.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { createMatch, type Player } from '@overcookied/shared/match/match.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { keepReplay, withRecording } from '../../../services/game-ticker/src/replays.ts';
import { historyKept, record } from '../../../services/game-ticker/src/results.ts';
import { drawRating } from '../simulation/curve.ts';
import { log } from '../stage.ts';
import { type Cost, costOf, costOfAll } from './cost.ts';
import { playMatch } from './played-match.ts';

/** So long are addresses of pictures that come with a login by OpenID Connect. */
const picture = `https://lh3.googleusercontent.com/a/${'A'.repeat(57)}=s96-c`;
const boardChunk = 1_000;

export interface KeySize {
  what: string;
  guest: number;
  /** Of somebody who is logged in, and so has a picture. */
  loggedIn: number;
}

/** @returns in bytes, as `MEMORY USAGE` says */
export async function measureKeys(valkey: Valkey, seed: number): Promise<KeySize[]> {
  const guest = await sizesOf(valkey, seed, '');
  const loggedIn = await sizesOf(valkey, seed, picture);
  return guest.map(([what, bytes], i) => ({ what, guest: bytes, loggedIn: loggedIn[i]?.[1] ?? 0 }));
}

async function sizesOf(valkey: Valkey, seed: number, picture: string): Promise<[string, number][]> {
  const random = new Random(seed, 10);
  const player = (): Player => ({
    id: `guest_${randomBytes(16).toString('base64url')}`,
    name: 'Somebody else',
    picture,
    standing: { rating: drawRating(random), deviation: 60 },
  });
  const size = async (key: string) => Number(await valkey.memory('USAGE', key, 'SAMPLES', 0));
  const newRoom = () => randomBytes(16).toString('base64url').slice(0, 21);
  const [p1, p2] = [player(), player()];
  const roomId = newRoom();
  await createMatch(valkey, roomId, { mode: 'ranked', p1, p2 }, defaultRules);
  const sizes: [string, number][] = [['a match', await size(keys.game(roomId))]];
  const played = await playMatch(valkey, { roomId, p1: p1.id, p2: p2.id }, defaultRules, random);
  await keepReplay(valkey, await withRecording(valkey, played, log), log);
  sizes.push(
    ['how a match went: steps', await size(keys.gameSteps(roomId))],
    ['how a match went: golden cookies', await size(keys.gameGoldens(roomId))],
    ['a replay', await size(keys.replay(roomId))],
  );
  for (const matches of [1, 10, historyKept]) {
    const known = Number((await valkey.hget(keys.player(p1.id), 'matches')) ?? 0);
    for (let i = known; i < matches; i++) {
      const result = {
        roomId: newRoom(),
        mode: 'ranked',
        winner: p1.id,
        reason: '',
        endedAt: Date.now(),
      } as const;
      await record(valkey, { ...result, p1: { ...p1, score: 300 + i }, p2: { ...p2, score: 250 } });
    }
    const after = `after ${matches} ${matches === 1 ? 'match' : 'matches'}`;
    sizes.push(
      [`a player, ${after}`, await size(keys.player(p1.id))],
      [`a history, ${after}`, await size(keys.history(p1.id))],
      [`what is known to be recorded, ${after}`, await size(keys.recorded(p1.id))],
    );
  }
  return sizes;
}

/** What a leaderboard costs that so many are on: memory for each of them, processor time for changing and showing it. */
export async function measureBoard(valkey: Valkey, players: number): Promise<Cost[]> {
  const board = keys.leaderboard('sizing');
  const id = (i: number) => `guest_${String(i).padStart(21, '0')}`;
  const filled = await costOfAll(valkey, 'a player is put on an empty board', players, async () => {
    for (let i = 0; i < players; i += boardChunk) {
      const some = Array.from({ length: Math.min(boardChunk, players - i) }, (_, k) => i + k);
      await valkey.zadd(board, ...some.flatMap((k) => [Math.floor(Math.random() * 100_000), id(k)]));
    }
  });
  const any = () => id(Math.floor(Math.random() * players));
  return [
    filled,
    await costOf(valkey, 'a player’s points are raised', 20_000, () =>
      valkey.zadd(board, 'GT', 100_000 + Math.floor(Math.random() * 100_000), any()),
    ),
    await costOf(valkey, 'the first ten are shown', 5_000, () => valkey.zrevrange(board, 0, 9, 'WITHSCORES')),
  ];
}
