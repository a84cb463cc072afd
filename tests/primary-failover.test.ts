import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keys } from '@overcookied/shared/keys.ts';
import { expect, onTestFinished, test } from 'vitest';
import { startValkey } from '../dev/valkey/valkey.ts';
import { Link } from './chaos/link.ts';
import { allOver, letClick, tally } from './support/clickers.ts';
import { eventually } from './support/eventually.ts';
import { Sentinel } from './support/sentinel.ts';
import { startStack } from './support/stack.ts';
import { openValkey } from './support/valkey.ts';

/**
 * One primary and one replica, a Sentinel that watches over them, and one address that leads to whichever is the primary,
 * as a managed service's primary endpoint or a virtual address does.
 */
test('matches go on when a replica takes over from the one primary there is, behind the same address', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-primary-'));
  const primary = await startValkey({
    ...{ dir: join(dir, 'primary'), persist: false },
    args: ['--repl-diskless-sync-delay', '0'],
  });
  const replica = await startValkey({ dir: join(dir, 'replica'), persist: false });
  const looking = await openValkey(replica.url);
  await looking.replicaof('127.0.0.1', primary.port);
  await eventually(async () => (await looking.info('replication')).includes('master_link_status:up'), 15_000);
  const sentinel = await Sentinel.start(join(dir, 'sentinel'), primary.port);
  await eventually(async () => (await sentinel.replicas()) === 1, 20_000);
  const address = await Link.start(primary.port);
  const stack = await startStack(
    { countdownMs: 500, matchMs: 14_000, goldenGapMs: [700, 1_000] },
    `valkey://127.0.0.1:${address.port}`,
  );
  onTestFinished(async () => {
    await stack.stop();
    address.stop();
    looking.disconnect();
    await sentinel.stop();
    await Promise.all([primary, replica].map((each) => each.stop(0)));
    await rm(dir, { recursive: true, force: true });
  });

  const clickers = await letClick(
    stack.gateways.map(({ url }) => url),
    20,
    { stopBeforeMs: 3_000 },
  );
  await eventually(() => clickers.every(({ latencies }) => latencies.length > 5));
  primary.process.kill('SIGKILL');
  await eventually(async () => (await sentinel.primaryPort()) === replica.port, 20_000);
  address.targetPort = replica.port;
  address.cut();
  await allOver(clickers, 40_000);
  for (const { made, counted } of tally(clickers)) expect(counted).toBe(made);
  for (const { id, made } of clickers) {
    await eventually(async () => {
      const [points, matches] = await looking.hmget(keys.player(id), 'points', 'matches');
      return points === String(made) && matches === '1';
    }, 15_000);
  }
}, 120_000);
