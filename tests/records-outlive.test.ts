import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keys } from '@overcookied/shared/keys.ts';
import { expect, onTestFinished, test } from 'vitest';
import { startValkey } from '../dev/valkey/valkey.ts';
import { allOver, letClick, tally } from './support/clickers.ts';
import { eventually } from './support/eventually.ts';
import { startStack } from './support/stack.ts';
import { openValkey } from './support/valkey.ts';

test('losing the Valkey of the game whole loses the matches in play and nothing else', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-records-'));
  const first = await startValkey({ dir: join(dir, 'game'), persist: false });
  const kept = await startValkey({ dir: join(dir, 'records'), persist: true });
  let game = first;
  const rules = { countdownMs: 500, matchMs: 3_000, goldenGapMs: [700, 1_000] };
  const stack = await startStack(rules, first.url, { RECORDS_URL: kept.url });
  const records = await openValkey(kept.url);
  onTestFinished(async () => {
    records.disconnect();
    await stack.stop();
    await Promise.all([game, kept].map((each) => each.stop(0)));
    await rm(dir, { recursive: true, force: true });
  });
  const gateways = stack.gateways.map(({ url }) => url);
  const players = await letClick(gateways, 10);
  await allOver(players, 15_000);
  const points = new Map(tally(players).map(({ id, counted }) => [id, counted]));
  const recorded = async (matches: number) => {
    for (const { id } of players) {
      // The totals change in one script, the leaderboards, which are in other slots, shortly after it.
      await eventually(async () => {
        const isListed = (await records.llen(keys.history(id))) === matches;
        return isListed && (await records.zscore(keys.leaderboard('alltime'), id)) === String(points.get(id));
      }, 10_000);
      expect(await records.hmget(keys.player(id), 'matches', 'points')).toEqual([
        String(matches),
        String(points.get(id)),
      ]);
    }
  };
  await recorded(1);
  const rating = await Promise.all(players.map(({ id }) => records.hget(keys.player(id), 'rating')));

  const starts: string[] = [];
  for (const { player } of players) {
    player.on('GAME_START', ({ roomId }) => starts.push(roomId));
    player.joinQueue();
  }
  await eventually(() => starts.length === players.length, 10_000);
  first.process.kill('SIGKILL');
  await first.ended;
  game = await startValkey({ dir: join(dir, 'game'), persist: false, port: first.port });
  await eventually(() => players.every(({ errors }) => errors.includes('match_lost')), 15_000);
  expect(await Promise.all(players.map(({ id }) => records.hget(keys.player(id), 'rating')))).toEqual(rating);
  await recorded(1);

  // Whoever is there goes on playing, on top of what they had.
  starts.length = 0;
  for (const each of players) {
    each.over = undefined;
    each.player.joinQueue();
  }
  await eventually(() => starts.length === players.length, 10_000);
  await allOver(players, 15_000);
  await recorded(2);
}, 90_000);
