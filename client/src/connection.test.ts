import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { RequestError } from './api.ts';
import { Connection, type ConnectionOptions, type Status } from './connection.ts';
import { Player } from './player.ts';

async function gatewayThat(behaves: (socket: import('ws').WebSocket) => void) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const addresses: string[] = [];
  server.on('connection', (socket, request) => {
    addresses.push(request.url ?? '');
    behaves(socket);
  });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addresses,
    connections: () => addresses.length,
  };
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

test('those who are sent elsewhere together do not come back together', async () => {
  const sockets: import('ws').WebSocket[] = [];
  const gateway = await gatewayThat((socket) => sockets.push(socket));
  const size = 60;
  const pauses: number[] = [];
  const connections = Array.from({ length: size }, () => {
    let closedAt = 0;
    const connection = new Connection({
      url: () => {
        if (closedAt > 0) pauses.push(performance.now() - closedAt);
        return gateway.url;
      },
      token: 't',
    });
    connection.on('status', ({ state }) => {
      if (state === 'reconnecting') closedAt = performance.now();
    });
    return connection;
  });
  onTestFinished(() => {
    for (const connection of connections) connection.close();
  });
  await expect.poll(() => sockets.length).toBe(size);
  for (const socket of sockets) socket.close(1012);
  await expect.poll(() => pauses.length).toBe(size);
  // Evenly over 200 ms: of so many some are early, and some are late.
  expect(Math.min(...pauses)).toBeLessThan(50);
  expect(Math.max(...pauses)).toBeGreaterThan(120);
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
  await expect.poll(gateway.connections).toBe(2);
});

describe('by ticket', () => {
  const connect = (url: string, ticket: NonNullable<ConnectionOptions['ticket']>) => {
    const connection = new Connection({ url, token: 'secret', ticket });
    onTestFinished(() => connection.close());
    return connection;
  };
  const reached = (connection: Connection, state: Status['state']) =>
    new Promise<Status>((resolve) => {
      connection.on('status', (now) => now.state === state && resolve(now));
    });

  test('every connection has one of its own, and no token in its address', async () => {
    let opened = 0;
    const gateway = await gatewayThat((socket) => opened++ === 0 && socket.close(1012));
    let given = 0;
    const connection = connect(gateway.url, async (token) => `${token.length}-${++given}`);
    await reached(connection, 'reconnecting');
    await reached(connection, 'open');
    expect(gateway.addresses).toEqual(['/ws?ticket=6-1', '/ws?ticket=6-2']);
  });

  test('without one it tries again', async () => {
    const gateway = await gatewayThat(() => {});
    let asked = 0;
    const connection = connect(gateway.url, async () => {
      if (++asked < 4) throw new RequestError(503, 'not just now');
      return 'late';
    });
    expect(await reached(connection, 'reconnecting')).toMatchObject({ code: 1006, reason: 'not just now' });
    await reached(connection, 'open');
    expect(connection.status).toEqual({ state: 'open' });
    expect(gateway.addresses).toEqual(['/ws?ticket=late']);
  });

  test('a session that has ended ends it', async () => {
    const gateway = await gatewayThat(() => {});
    const connection = connect(gateway.url, async () => {
      throw new RequestError(401, 'the token has expired');
    });
    const ended = { state: 'closed', code: 4003, reason: 'the token has expired' };
    expect(await reached(connection, 'closed')).toEqual(ended);
    await pause(500);
    expect(gateway.connections()).toBe(0);
  });

  test('one that Valkey has forgotten is replaced by another', async () => {
    const gateway = await gatewayThat((socket) => gateway.connections() === 1 && socket.close(4003));
    const connection = connect(gateway.url, async () => 'any');
    await reached(connection, 'reconnecting');
    await reached(connection, 'open');
    expect(gateway.connections()).toBe(2);
  });

  test('one that does not come is not waited for', async () => {
    const gateway = await gatewayThat(() => {});
    const signals: AbortSignal[] = [];
    const connection = connect(gateway.url, (_token, signal) => {
      signals.push(signal);
      return signals.length === 1 ? new Promise(() => {}) : Promise.resolve('second');
    });
    await reached(connection, 'open');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(gateway.addresses).toEqual(['/ws?ticket=second']);
  });

  test('closed while it is asked for, it does not open', async () => {
    const gateway = await gatewayThat(() => {});
    let give = (_ticket: string) => {};
    const connection = connect(
      gateway.url,
      () =>
        new Promise((resolve) => {
          give = resolve;
        }),
    );
    connection.close();
    give('late');
    await pause(300);
    expect(gateway.connections()).toBe(0);
  });
});
