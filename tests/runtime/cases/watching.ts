import { expect, test } from 'vitest';
import { getJson } from '../../support/http.ts';
import { meet, Stranger, until } from '../../support/stranger.ts';
import type { Scene } from '../scene.ts';

/** What somebody does who does not play. */
export function watchingCases(scene: () => Scene): void {
  test('anybody may watch a match to its end, by a gateway without its players, and change nothing', async () => {
    const third = await scene().anotherGateway();
    const { players, starts } = await meet(scene().gateways);
    const { roomId, role, startsAt } = starts[0].payload;
    await until(startsAt + 20, starts[0]);
    const watcher = await Stranger.watch(third.url, roomId);
    expect((await watcher.next('WATCH_START')).payload).toMatchObject({
      roomId,
      state: { seq: expect.any(Number) },
    });
    players[0].send('CLICK', { count: 5, seq: 5 });
    await watcher.next('WATCH_UPDATE', (state) => state[role].score === 5);
    watcher.send('CLICK', { count: 5, seq: 5 });
    expect((await watcher.next('ERROR')).payload.code).toBe('unknown_type');
    watcher.send('PING', { t: 1 });
    await watcher.next('PONG');
    players[1].send('QUIT_GAME');
    expect((await watcher.next('WATCH_OVER')).payload.state[role].score).toBe(5);
    expect((await watcher.closing()).code).toBe(1000);
    const late = await Stranger.watch(third.url, roomId);
    await late.next('WATCH_START');
    await late.next('WATCH_OVER');
    expect((await late.closing()).code).toBe(1000);
    for (const player of players) player.close();
    expect(await third.stop()).toBe(0);
    expect([third.complaints, third.stderr]).toEqual([[], '']);
  });

  test('a gateway that is told to end sends whoever watches to another', async () => {
    const leaving = await scene().anotherGateway();
    const { players, starts } = await meet(scene().gateways);
    const watcher = await Stranger.watch(leaving.url, starts[0].payload.roomId);
    await watcher.next('WATCH_START');
    const ended = leaving.stop();
    expect((await watcher.closing()).code).toBe(1012);
    expect(await ended).toBe(0);
    players[0].send('QUIT_GAME');
    await players[1].next('GAME_OVER');
    for (const player of players) player.close();
  });

  test('the lobby says what goes on, and the page comes where matches are watched', async () => {
    const [gateway] = scene().gateways;
    const lobby = await getJson(`${gateway}/api/lobby`);
    expect(lobby.body).toMatchObject({ waiting: expect.any(Number), practice: expect.any(Boolean) });
    const page = await getJson(`${gateway}/watch/any-match`);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(page.body).toBe((await getJson(`${gateway}/`)).body);
  });
}
