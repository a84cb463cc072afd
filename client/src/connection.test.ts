import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { Connection, type Status } from './connection.ts';
import { Player } from './player.ts';

async function gatewayThat(behaves: (socket: import('ws').WebSocket) => void) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    behaves(socket);
  });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test.each([
  [1011, 'reconnecting'],
  [1012, 'reconnecting'],
  [1013, 'reconnecting'],
  [1000, 'closed'],
  [1008, 'closed'],
  [4001, 'closed'],
  [4003, 'closed'],
  [4008, 'closed'],
])('after a close with %i it is %s', async (code, state) => {
  const gateway = await gatewayThat((socket) => socket.close(code, 'because'));
  const connection = new Connection({ url: gateway.url, token: 't' });
  onTestFinished(() => connection.close());
  const status = await new Promise<Status>((resolve) => {
    connection.on('status', (now) => now.state !== 'open' && resolve(now));
  });
  expect(status).toMatchObject({ state, code, reason: 'because' });
});

test('a gateway that opens and closes at once is not overrun', async () => {
  const gateway = await gatewayThat((socket) => socket.close(1013));
  const connection = new Connection({ url: gateway.url, token: 't' });
  onTestFinished(() => connection.close());
  await pause(4_000);
  expect(gateway.connections()).toBeGreaterThan(1);
  // Without growing pauses it was some forty.
  expect(gateway.connections()).toBeLessThan(25);
});

test('a gateway that never finishes the handshake is given up, and the next one is tried', async () => {
  // It accepts the connection, as the kernel does for a process that is asleep.
  const frozen = createServer();
  frozen.listen(0, '127.0.0.1');
  await once(frozen, 'listening');
  onTestFinished(() => {
    frozen.close();
  });
  const well = await gatewayThat(() => {});
  const urls = [`ws://127.0.0.1:${(frozen.address() as AddressInfo).port}`, well.url];
  const connection = new Connection({ url: () => urls.shift() ?? well.url, token: 't' });
  onTestFinished(() => connection.close());
  await new Promise<void>((resolve) => {
    connection.on('status', ({ state }) => state === 'open' && resolve());
  });
  expect(well.connections()).toBe(1);
});

test('a connection on which nothing comes through any more is replaced', async () => {
  const gateway = await gatewayThat(() => {
    // It takes everything, and says nothing.
  });
  const player = new Player({ url: gateway.url, token: 't' });
  onTestFinished(() => player.close());
  const status = await new Promise<Status>((resolve) => {
    player.on('status', (now) => now.state === 'reconnecting' && resolve(now));
  });
  expect(status).toMatchObject({ code: 1006 });
  await pause(500);
  expect(gateway.connections()).toBe(2);
});
