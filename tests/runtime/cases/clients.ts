import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { getJson, postJson } from '../../support/http.ts';
import { RawClient } from '../../support/raw-client.ts';
import { guest, Stranger } from '../../support/stranger.ts';
import type { Scene } from '../scene.ts';

/** Clients that break the rules, or are gone. */
export function clientCases(scene: () => Scene): void {
  const gateway = () => scene().gateways[0];
  const newcomer = async () => Stranger.connect(gateway(), (await guest(gateway(), 'Mallory')).token);

  /** The first line of what is answered to these bytes. */
  async function firstLine(text: string): Promise<string> {
    const socket = connect(Number(new URL(gateway()).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(text);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString().split('\r\n', 1)[0] ?? '';
  }

  const request = 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n';

  const handshake = (origin: string) =>
    `GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${origin}\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

  /** How long they are put up with; it takes some seconds, in which the other cases go on. */
  let silentForMs: Promise<number>;
  let unfinishedForMs: Promise<number>;
  /** A load balancer's, which it will use again. */
  let idle: Socket;
  beforeAll(async () => {
    const silent = await RawClient.open(gateway(), (await guest(gateway(), 'Gone')).token);
    // Whoever waits for a friend is pinged often.
    silent.send('JOIN_QUEUE', { mode: 'private', code: 'nobody-comes' });
    const unfinished = connect(Number(new URL(gateway()).port), '127.0.0.1');
    unfinished.on('error', () => {}).resume();
    unfinished.write('GET /livez HTTP/1.1\r\nHost: a\r\n');
    idle = connect(Number(new URL(gateway()).port), '127.0.0.1');
    idle.write(request);
    await once(idle, 'data');
    const from = performance.now();
    const sinceThen = () => performance.now() - from;
    silentForMs = silent.readToEnd().then(sinceThen);
    unfinishedForMs = once(unfinished, 'close').then(sinceThen);
  });

  test.each([513, 100_000])('a frame of %i bytes closes with 1009', async (length) => {
    const client = await newcomer();
    const counted = async () => {
      const { body } = await getJson(`${gateway()}/metrics`);
      return Number(body.match(/^overcookied_closes_total\{code="1009".*\} (\d+)$/m)?.[1] ?? 0);
    };
    const before = await counted();
    client.socket.send('x'.repeat(length));
    expect((await client.closing()).code).toBe(1009);
    await expect.poll(counted).toBe(before + 1);
  });

  test('a frame of 512 bytes is taken', async () => {
    const client = await newcomer();
    client.socket.send('{"type":"PING","payload":{"t":7}}'.padEnd(512));
    expect((await client.next('PONG')).payload.t).toBe(7);
    client.close();
  });

  test('each bad frame is answered, text or not, and the twentieth closes with 1008', async () => {
    const client = await newcomer();
    for (let i = 0; i < 19; i++) client.socket.send(i % 2 ? '{"type":"SHOOT"}' : new Uint8Array(9));
    for (let i = 0; i < 19; i++) await client.next('ERROR');
    client.send('PING', { t: 1 });
    await client.next('PONG');
    client.socket.send('the twentieth');
    expect((await client.closing()).code).toBe(1008);
  });

  test('a bad token closes with 4003', async () => {
    const client = await Stranger.connect(gateway(), 'nonsense');
    expect((await client.closing()).code).toBe(4003);
  });

  test('a newer connection of the same player closes the older with 4001', async () => {
    const { token } = await guest(gateway(), 'Twice');
    const older = await Stranger.connect(gateway(), token);
    // Which of the two is the older, Valkey says: the other gateway must not have been the first to ask it.
    older.send('QUIT_GAME');
    await older.next('ERROR');
    const newer = await Stranger.connect(scene().gateways[1], token);
    expect((await older.closing()).code).toBe(4001);
    newer.close();
  });

  test('the page of another site opens no socket, and no other request does', async () => {
    expect(await firstLine(handshake('https://evil.example'))).toContain(' 403 ');
    expect(await firstLine(handshake('http://a'))).toContain(' 101 ');
    expect((await getJson(`${gateway()}/ws`)).status).toBe(426);
  });

  test('headers and bodies that are too large are refused', async () => {
    const headers = `GET /livez HTTP/1.1\r\nHost: a\r\nX-Padding: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await firstLine(headers)).toContain(' 431 ');
    expect((await postJson(`${gateway()}/auth/guest`, 'x'.repeat(10_000))).status).toBe(413);
  });

  test('an address that has become too many guests is told when to come again', async () => {
    const strict = await scene().anotherGateway({ LIMITS: '{"guestsPerAddress":2}' });
    const login = () => postJson(`${strict.url}/auth/guest`, '{"name":"Ada"}');
    expect([(await login()).status, (await login()).status]).toEqual([200, 200]);
    const refused = await login();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await strict.stop()).toBe(0);
  });

  test('a client that answers no ping has been cut off meanwhile, and one that never finishes its request', async () => {
    expect(await silentForMs).toBeGreaterThan(8_000);
    expect(await unfinishedForMs).toBeGreaterThan(5_000);
    // But none that has asked for something, and may do so again.
    idle.write(request);
    const [answer] = (await once(idle, 'data')) as [Buffer];
    expect(answer.toString()).toContain(' 200 ');
    idle.destroy();
  });
}
