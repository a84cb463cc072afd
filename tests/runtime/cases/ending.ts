import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type ServiceName, TestService } from '../../support/service.ts';
import { guest, meet, Stranger, until } from '../../support/stranger.ts';
import type { Scene } from '../scene.ts';

const names: ServiceName[] = ['gateway', 'matchmaker', 'game-ticker', 'practice'];

/** How a service starts in vain, and how it ends. */
export function endingCases(scene: () => Scene): void {
  test('a gateway that is told to end sends its players to another, where no click is missing', async () => {
    const leaving = await scene().anotherGateway();
    const { players, guests, starts } = await meet([leaving.url, scene().gateways[1]]);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    for (let seq = 1; seq <= 5; seq++) players[0].send('CLICK', { count: 1, seq });
    await players[0].next('UPDATE', ({ ack }) => ack === 5);
    const askedAt = performance.now();
    expect(await leaving.stop()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    expect((await players[0].closing()).code).toBe(1012);
    expect([leaving.complaints, leaving.stderr]).toEqual([[], '']);
    const back = await Stranger.connect(scene().gateways[0], guests[0].token);
    expect((await back.next('GAME_START')).payload).toMatchObject({ resumed: true, ack: 5 });
    back.send('CLICK', { count: 1, seq: 6 });
    await back.next('UPDATE', ({ ack }) => ack === 6);
    players[1].send('QUIT_GAME');
    expect((await back.next('GAME_OVER')).payload).toMatchObject({ p1Score: 6, winner: guests[0].id });
    for (const player of [back, players[1]]) player.close();
  });

  test('it serves on for as long as it is to, without being ready', async () => {
    const leaving = await scene().anotherGateway({ DRAIN_DELAY_MS: '3000' });
    const player = await Stranger.connect(leaving.url, (await guest(leaving.url, 'Ada')).token);
    const ended = leaving.stop();
    await eventually(async () => (await fetch(`${leaving.url}/readyz`)).status === 503, 15_000);
    player.send('PING', { t: 1 });
    await player.next('PONG');
    expect((await player.closing()).code).toBe(1012);
    expect(await ended).toBe(0);
  });

  const start = (name: ServiceName, extra: Record<string, string> = {}) =>
    new TestService(name, { ...scene().stack.env, GATEWAY_URL: scene().gateways[0], ...extra });
  const exitOf = (service: TestService) =>
    eventually(() => service.process.exitCode !== null && [service.process.exitCode], 40_000);

  test.each(names)('%s says in one line what is wrong with its environment', async (name) => {
    const service = start(name, { PORT: 'abc' });
    expect(await exitOf(service)).toEqual([1]);
    expect(service.stderr.trim()).toMatch(new RegExp(`^${name}: wrong environment: PORT: .*$`));
  });

  test('a gateway says that its port is taken, and ends without Valkey as soon as with it', async () => {
    const late = start('gateway', { PORT: new URL(scene().gateways[0]).port });
    const lost = await start('gateway', { VALKEY_URL: 'valkey://127.0.0.1:1' }).listening();
    expect((await fetch(`${lost.url}/readyz`)).status).toBe(503);
    expect(await lost.stop()).toBe(0);
    expect(await exitOf(late)).toEqual([1]);
    expect(late.stderr).toContain('is taken');
  });

  test('every service ends cleanly, by Ctrl-C as well as by SIGTERM', async () => {
    const ends = scene().services.map((service, i) => service.stop(i % 2 ? 'SIGTERM' : 'SIGINT'));
    expect(await Promise.all(ends)).toEqual([0, 0, 0, 0, 0]);
  });
}
