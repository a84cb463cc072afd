import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginAsGuest } from '@overcookied/client/api.ts';
import { Player } from '@overcookied/client/player.ts';
import { expect, onTestFinished, test } from 'vitest';
import { startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { startStack } from './support/stack.ts';
import { guest, Stranger } from './support/stranger.ts';

test('a match goes on after Valkey was away for a while: no socket closed, no click lost or doubled', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-restart-'));
  const options = { dir, persist: true, args: ['--appendfsync', 'always'] };
  const first = await startValkey(options);
  let valkey = first;
  const stack = await startStack(
    { countdownMs: 200, matchMs: 6_000, goldenGapMs: [60_000, 60_000] },
    first.url,
  );
  onTestFinished(async () => {
    await stack.stop();
    await valkey.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const sessions = await Promise.all(stack.gateways.map(({ url }, i) => loginAsGuest(url, `Player ${i}`)));
  const players = sessions.map(
    ({ token }, i) => new Player({ url: stack.gateways[i]?.url.replace('http', 'ws') ?? '', token }),
  );
  const [ada] = players;
  if (!ada) throw new Error('no players');
  const states = new Set<string>();
  for (const player of players) player.on('status', ({ state }) => states.add(state));
  const overs = players.map(
    (player) =>
      new Promise<{ p1Score: number; p2Score: number }>((resolve) => {
        // The rating changes the other way for the other player.
        player.on('GAME_OVER', ({ ratingDelta: _, ...over }) => resolve(over));
      }),
  );
  const started = new Promise<number>((resolve) => ada.on('GAME_START', ({ startsAt }) => resolve(startsAt)));
  for (const player of players) player.joinQueue();
  const startsAt = await started;
  await eventually(() => ada.clock.now() > startsAt + 50);

  let made = 0;
  const clicking = setInterval(() => {
    ada.click();
    made++;
  }, 60);
  await new Promise((resolve) => setTimeout(resolve, 800));
  const leaver = await Stranger.connect(
    stack.gateways[0].url,
    (await guest(stack.gateways[0].url, 'Leaver')).token,
  );
  leaver.send('JOIN_QUEUE');
  await leaver.next('QUEUED');
  await first.stop();
  // Whoever leaves now must be out of the queue all the same, once Valkey is back.
  leaver.close();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  valkey = await startValkey({ ...options, port: first.port });
  await new Promise((resolve) => setTimeout(resolve, 500));
  clearInterval(clicking);
  await eventually(async () => (await stack.valkey.zcard('overcookied:{matchmaking}:queue')) === 0);
  await eventually(() => ada.openClicks === 0);
  const [over, other] = await Promise.all(overs);
  expect(other).toEqual(over);
  expect((over?.p1Score ?? 0) + (over?.p2Score ?? 0)).toBe(made);
  expect([...states]).toEqual(['open']);
  const histories = sessions.map(
    ({ id }) =>
      () =>
        stack.valkey.llen(`overcookied:history:{${id}}`),
  );
  for (const length of histories) await eventually(async () => (await length().catch(() => 0)) === 1);
  for (const player of players) player.close();
  expect(stack.gateways.flatMap(({ stderr }) => stderr).join('')).toBe('');
}, 40_000);

test('every service ends soon and cleanly although Valkey has gone', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-gone-'));
  const valkey = await startValkey({ dir, persist: false });
  const stack = await startStack({}, valkey.url);
  onTestFinished(async () => {
    await stack.stop();
    await valkey.stop();
    await rm(dir, { recursive: true, force: true });
  });
  valkey.process.kill('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const askedAt = performance.now();
  const services = [...stack.gateways, stack.matchmaker, stack.ticker];
  expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0, 0]);
  expect(performance.now() - askedAt).toBeLessThan(5_000);
}, 60_000);
