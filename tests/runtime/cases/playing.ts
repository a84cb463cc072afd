import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { getJson, postJson } from '../../support/http.ts';
import { type Guest, guest, meet, Stranger, until } from '../../support/stranger.ts';
import type { Scene } from '../scene.ts';

/** What a player does. */
export function playingCases(scene: () => Scene): void {
  const historyOf = async ({ id, token }: Guest) =>
    (await getJson(`${scene().gateways[1]}/api/history?userId=${id}`, token)).body;

  test('a guest logs in, and any gateway knows the token', async () => {
    const [one, other] = scene().gateways;
    const me = await guest(one, 'Ada');
    expect((await getJson(`${other}/auth/verify`, me.token)).body).toEqual(me);
    expect((await getJson(`${other}/auth/verify`, `${me.token}x`)).status).toBe(401);
  });

  test('a match over two gateways is played to its end with the right scores, and recorded', async () => {
    const { players, guests, starts } = await meet(scene().gateways);
    const [a, b] = players;
    await until(starts[0].payload.startsAt + 20, starts[0]);
    for (let seq = 1; seq <= 5; seq++) a.send('CLICK', { count: 1, seq });
    b.send('CLICK', { count: 2, seq: 2 });
    await a.next('UPDATE', ({ ack }) => ack === 5);
    await eventually(
      () => b.all('OPPONENT_CLICK').reduce((sum, { payload }) => sum + payload.count, 0) === 5,
    );
    const { payload } = await b.next('COOKIE_SPAWN');
    b.send('COOKIE_CLICK', { id: payload.id });
    await a.next('UPDATE', ({ goldenCookieClaimedBy }) => goldenCookieClaimedBy === guests[1].id);
    const overs = await Promise.all(players.map((player) => player.next('GAME_OVER')));
    for (const { payload } of overs)
      expect(payload).toMatchObject({ winner: guests[1].id, p1Score: 5, p2Score: 7 });
    for (const [i, me] of guests.entries()) {
      const history = await eventually(async () => {
        const told = await historyOf(me);
        return told.totalCount === 1 && told;
      }, 15_000);
      expect(history.games[0]).toMatchObject({ score: 5 + 2 * i, opponentScore: 7 - 2 * i, won: i === 1 });
    }
    const { body } = await getJson(`${scene().gateways[0]}/api/leaderboard`);
    expect(body).toContainEqual({ name: guests[1].name, picture: '', score: 7 });
    for (const player of players) player.close();
  });

  test('a match is resumed on the other gateway, and no click is lost', async () => {
    const { players, guests, starts } = await meet(scene().gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    // Whatever of these has not got through is sent again below, as a client does.
    for (let seq = 1; seq <= 7; seq++) players[0].send('CLICK', { count: 1, seq });
    players[0].close();
    const back = await Stranger.connect(scene().gateways[1], guests[0].token);
    const resumed = await back.next('GAME_START');
    expect(resumed.payload).toMatchObject({ resumed: true, roomId: starts[0].payload.roomId });
    back.send('CLICK', { count: 10 - resumed.payload.ack, seq: 10 });
    await back.next('UPDATE', ({ ack }) => ack === 10);
    back.send('QUIT_GAME');
    const over = await players[1].next('GAME_OVER');
    expect(over.payload).toMatchObject({ winner: guests[1].id, p1Score: 10, p2Score: 0 });
    for (const player of [back, players[1]]) player.close();
  });

  test('two friends meet by a code', async () => {
    const guests = await Promise.all(scene().gateways.map((gateway) => guest(gateway, 'Friend')));
    const players = await Promise.all(
      guests.map(({ token }, i) => Stranger.connect(scene().gateways[i] ?? '', token)),
    );
    for (const player of players) player.send('JOIN_QUEUE', { mode: 'private', code: 'our-code' });
    const [start] = await Promise.all(players.map((player) => player.next('GAME_START')));
    expect(start?.payload.mode).toBe('private');
    players[0]?.send('QUIT_GAME');
    const over = await players[1]?.next('GAME_OVER');
    expect(over?.payload).toMatchObject({ winner: guests[1]?.id, reason: 'quit' });
    for (const player of players) player.close();
  });

  test('a bot plays with whoever is alone', async () => {
    const [gateway] = scene().gateways;
    const player = await Stranger.connect(gateway, (await guest(gateway, 'Alone')).token);
    player.send('JOIN_QUEUE');
    await player.next('QUEUED', ({ practice }) => practice);
    player.send('JOIN_QUEUE', { mode: 'practice' });
    expect((await player.next('GAME_START')).payload.opponent).toMatch(/^bot_/);
    await player.next('OPPONENT_CLICK');
    player.send('QUIT_GAME');
    await player.next('GAME_OVER');
    player.close();
  });

  test('a ticket opens one socket and no other', async () => {
    const [gateway, other] = scene().gateways;
    const { token } = await guest(gateway, 'Ada');
    const { body } = await postJson(`${gateway}/auth/ticket`, '', { authorization: `Bearer ${token}` });
    const open = async (url: string) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?ticket=${body.ticket}`);
      return new Promise<number | 'open'>((resolve) => {
        socket.addEventListener('close', ({ code }) => resolve(code));
        socket.addEventListener('open', () => {
          // A ticket that is not taken is refused after the handshake, for a browser to see the code.
          setTimeout(() => {
            resolve('open');
            socket.close();
          }, 300);
        });
      });
    };
    expect(await open(other)).toBe('open');
    expect(await open(gateway)).toBe(4003);
  });

  test('the page comes with its scripts, compressed for whoever can read it', async () => {
    const [gateway] = scene().gateways;
    const page = await getJson(`${gateway}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const [script] = page.body.match(/\/assets\/[^"]+\.js/) ?? [];
    const answer = await fetch(`${gateway}${script}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect((await answer.text()).length).toBeGreaterThan(10_000);
  });
}
