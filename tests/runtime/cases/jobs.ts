import { keys } from '@overcookied/shared/keys.ts';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { meet, until } from '../../support/stranger.ts';
import type { Scene } from '../scene.ts';

/** What goes through Valkey: jobs, scripts and messages, also when something breaks. */
export function jobCases(scene: () => Scene): void {
  test('a result that cannot be recorded is tried again until it can', async () => {
    const { stack } = scene();
    const { players, guests } = await meet(scene().gateways);
    const profile = keys.player(guests[1].id);
    await stack.valkey.set(profile, 'not what belongs here');
    players[0].send('QUIT_GAME');
    await players[1].next('GAME_OVER');
    const failure = await eventually(
      () => stack.ticker.complaints.find(({ queue }) => queue === 'results'),
      15_000,
    );
    expect(failure).toMatchObject({ level: 'warn', attempts: expect.any(Number) });
    expect(JSON.stringify(failure.err)).toContain('WRONGTYPE');
    await stack.valkey.del(profile);
    await eventually(async () => (await stack.valkey.hget(profile, 'won')) === '1', 30_000);
    stack.ticker.log.length = 0;
    for (const player of players) player.close();
  });

  test('a match goes on although Valkey has forgotten all scripts', async () => {
    const { stack } = scene();
    const { players, guests, starts } = await meet(scene().gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    for (let seq = 1; seq <= 6; seq++) {
      if (seq % 2) await stack.valkey.script('FLUSH');
      players[0].send('CLICK', { count: 1, seq });
      await players[0].next('UPDATE', ({ ack }) => ack === seq);
    }
    await stack.valkey.script('FLUSH');
    players[1].send('QUIT_GAME');
    const over = await players[0].next('GAME_OVER');
    expect(over.payload).toMatchObject({ winner: guests[0].id, p1Score: 6, p2Score: 0 });
    for (const player of players) player.close();
  });

  test('and although all connections to Valkey break', async () => {
    const { stack } = scene();
    const { players, guests, starts } = await meet(scene().gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    players[0].send('CLICK', { count: 1, seq: 1 });
    await players[1].next('OPPONENT_CLICK');
    await stack.valkey.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await stack.valkey.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    // As a client does, until it counts.
    await eventually(async () => {
      players[0].send('CLICK', { count: 4, seq: 4 });
      await new Promise((resolve) => setTimeout(resolve, 100));
      return players[1].scores.p1 === 4;
    }, 15_000);
    players[0].send('QUIT_GAME');
    const over = await players[1].next('GAME_OVER');
    expect(over.payload).toMatchObject({ winner: guests[1].id, p1Score: 4, p2Score: 0 });
    for (const service of scene().services) {
      // That it has lost Valkey for a moment is all that there is to complain of.
      for (const { valkey, msg } of service.complaints) expect(valkey, msg).toBeDefined();
      service.log.length = 0;
    }
    for (const player of players) player.close();
  });
}
