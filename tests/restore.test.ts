/** What an operator may rely on who restores a snapshot: docs/runbook.md. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dueShards, keys } from '@overcookied/shared/keys.ts';
import { expect, onTestFinished, test } from 'vitest';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Guest, meet, type Stranger, until } from './support/stranger.ts';
import { openValkey } from './support/valkey.ts';

const rules = { countdownMs: 100, matchMs: 3_000 };

async function runAudit(url: string): Promise<string> {
  const env = { ...process.env, VALKEY_URL: url };
  return (await promisify(execFile)(process.execPath, ['services/game-ticker/src/audit/main.ts'], { env }))
    .stdout;
}

interface Played {
  players: [Stranger, Stranger];
  guests: [Guest, Guest];
}

/** A match in which the first has made five clicks. */
async function begin({ gateways }: Stack): Promise<Played> {
  const { players, guests, starts } = await meet([gateways[0].url, gateways[1].url]);
  await until(starts[0].payload.startsAt + 20, starts[0]);
  players[0].send('CLICK', { seq: 5, count: 5 });
  await players[1].next('UPDATE', ({ p1Score, p2Score }) => p1Score === 5 || p2Score === 5);
  return { players, guests };
}

const end = ({ players }: Played) =>
  Promise.all(players.map((player) => player.next('GAME_OVER', () => true, 10_000)));

/** No match needs its clock any more: all results are handed in. */
async function allSeenTo({ valkey }: Stack): Promise<void> {
  await eventually(async () => {
    const open = await Promise.all(
      Array.from({ length: dueShards }, (_, shard) => valkey.zcard(keys.due(shard))),
    );
    return open.every((count) => count === 0);
  }, 15_000);
}

test.each([
  ['with the records in it', true, [5, 5, undefined]],
  ['without the records', false, [5, 9, 5]],
])(
  'a snapshot %s is restored: what is recorded adds up',
  async (_which, isShared, points) => {
    const dir = await mkdtemp(join(tmpdir(), 'overcookied-restore-'));
    const started: RunningValkey[] = [];
    const start = async (name: string) => {
      const valkey = await startValkey({ dir: join(dir, name), persist: false });
      started.push(valkey);
      return valkey;
    };
    onTestFinished(async () => {
      await Promise.all(started.map((valkey) => valkey.stop(0)));
      await rm(dir, { recursive: true, force: true });
    });

    const first = await start('first');
    const records = isShared ? first : await start('records');
    const stack = await startStack(rules, first.url, { RECORDS_URL: records.url });
    const before = await begin(stack);
    await end(before);
    await allSeenTo(stack);
    // The snapshot is taken while a match is on.
    const during = await begin(stack);
    await stack.valkey.save();
    await copyFile(join(dir, 'first', 'dump.rdb'), join(dir, 'snapshot.rdb'));
    during.players[0].send('CLICK', { seq: 9, count: 4 });
    await end(during);
    const after = await begin(stack);
    await end(after);
    await allSeenTo(stack);
    await eventually(async () => (await runAudit(records.url)).includes('0 to be recorded'), 10_000);
    await stack.stop();
    await first.stop();

    await mkdir(join(dir, 'second'));
    await copyFile(join(dir, 'snapshot.rdb'), join(dir, 'second', 'dump.rdb'));
    const second = await start('second');
    const recordsNow = isShared ? second : records;
    const again = await startStack(rules, second.url, { RECORDS_URL: recordsNow.url });
    await allSeenTo(again);
    await eventually(async () => (await runAudit(recordsNow.url)).includes('0 to be recorded'), 10_000);
    expect(await runAudit(recordsNow.url)).toContain('everything adds up');
    const valkey = await openValkey(recordsNow.url);
    for (const [i, { guests }] of [before, during, after].entries()) {
      const recorded = await valkey.hget(keys.player(guests[0].id), 'points');
      expect(recorded, `match ${i + 1}`).toBe(points[i]?.toString() ?? null);
    }
    valkey.disconnect();
    expect(again.ticker.complaints).toEqual([]);
    await again.stop();
  },
  90_000,
);
