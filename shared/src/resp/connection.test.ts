import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { nanoid } from 'nanoid';
import { expect, inject, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, silentLog } from '../../../tests/support/valkey.ts';
import { ValkeyProxy } from '../../../tests/support/valkey-proxy.ts';
import { Script } from '../script.ts';
import { parseValkeyUrl } from '../valkey-address.ts';
import { RespConnection } from './connection.ts';

const echo = new Script(`echo_${nanoid()}`, [new URL('echo.test.lua', import.meta.url)], 1);

function open(url: string) {
  const messages: [string, string][] = [];
  const happened = { ready: 0, lost: 0, moved: [] as string[] };
  const address = parseValkeyUrl(url);
  const connection = new RespConnection(address, address.nodes[0], silentLog, {
    message: (channel, text) => messages.push([channel, text]),
    ready: () => happened.ready++,
    lost: () => happened.lost++,
    moved: (channel) => happened.moved.push(channel),
  });
  onTestFinished(() => connection.close());
  return { connection, messages, happened };
}

async function openReady(url: string) {
  const opened = open(url);
  await eventually(() => opened.connection.isReady);
  return opened;
}

test('what is asked is answered in order, by the database of the address, whatever characters are in it', async () => {
  const url = await freshValkeyUrl();
  const { connection } = await openReady(url);
  const answers = await Promise.all([
    connection.ask('SET', 'name', 'Grüße 🍪'),
    connection.ask('GET', 'name'),
    connection.ask('INCRBY', 'count', 7),
    connection.ask('GET', 'nothing'),
  ]);
  expect(answers).toEqual(['OK', 'Grüße 🍪', 7, null]);
  const valkey = await openValkey(url);
  onTestFinished(() => valkey.disconnect());
  expect(await valkey.get('name')).toBe('Grüße 🍪');
});

test('a channel is heard from when it is subscribed to until it is not any more', async () => {
  const url = inject('valkeyUrl');
  const { connection, messages, happened } = await openReady(url);
  const channel = nanoid();
  await connection.subscribe(channel);
  await connection.ask('SPUBLISH', channel, 'first');
  await connection.unsubscribe(channel);
  await connection.ask('SPUBLISH', channel, 'second');
  expect(messages).toEqual([[channel, 'first']]);
  expect(happened).toEqual({ ready: 1, lost: 0, moved: [] });
});

test('an error goes to whose command it was, and the replies after it to theirs', async () => {
  const { connection } = await openReady(await freshValkeyUrl());
  const answers = await Promise.allSettled([
    connection.ask('SET', 'text', 'abc'),
    connection.ask('INCR', 'text'),
    connection.ask('GET', 'text'),
  ]);
  expect(answers).toMatchObject([
    { value: 'OK' },
    { reason: { name: 'ReplyError', message: expect.stringContaining('not an integer') } },
    { value: 'abc' },
  ]);
});

test('a subscription that is refused is, and the replies after it go to whom they belong', async () => {
  const valkey = await openValkey(await freshValkeyUrl());
  const [user, password] = [`user-${nanoid()}`, nanoid()];
  await valkey.call('ACL', 'SETUSER', user, 'on', `>${password}`, '+@all', '~*', 'resetchannels', '&allowed');
  onTestFinished(async () => {
    await valkey.call('ACL', 'DELUSER', user);
    valkey.disconnect();
  });
  const url = new URL(inject('valkeyUrl'));
  url.username = user;
  url.password = password;
  const { connection } = await openReady(url.href);
  const answers = await Promise.allSettled([
    connection.subscribe('forbidden'),
    connection.ask('ECHO', 'one'),
    connection.subscribe('allowed'),
    connection.ask('ECHO', 'two'),
  ]);
  expect(answers).toMatchObject([
    { reason: { name: 'ReplyError', message: expect.stringContaining('NOPERM') } },
    { value: 'one' },
    { status: 'fulfilled' },
    { value: 'two' },
  ]);
});

test('with a wrong password it says why it cannot be used, and refuses what is asked', async () => {
  const url = new URL(inject('valkeyUrl'));
  url.username = 'nobody';
  url.password = 'wrong';
  const { connection, happened } = open(url.href);
  await eventually(() => happened.lost > 0);
  expect(connection.trouble?.message).toMatch(/^WRONGPASS/);
  await expect(connection.ask('PING')).rejects.toThrow('WRONGPASS');
});

test('a script is run by its hash, and by its text where Valkey does not know it', async () => {
  const proxy = await ValkeyProxy.start(await freshValkeyUrl());
  onTestFinished(() => proxy.stop());
  const { connection } = await openReady(proxy.url);
  const calls: (string | undefined)[] = [];
  proxy.beforeCall = ([name]) => void calls.push(name);
  const run = (key: string, argument: string) =>
    new Promise((resolve, reject) => {
      echo.call(connection, [key, argument], (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  expect(await run('a', '1')).toEqual(['a', '1']);
  expect(await run('b', '2')).toEqual(['b', '2']);
  expect(calls).toEqual(['EVALSHA', 'EVAL', 'EVALSHA']);
});

test('after a break it comes back by itself; what was under way fails, and nothing is subscribed to', async () => {
  const proxy = await ValkeyProxy.start(await freshValkeyUrl());
  onTestFinished(() => proxy.stop());
  const { connection, messages, happened } = await openReady(proxy.url);
  const channel = nanoid();
  await connection.subscribe(channel);
  proxy.mute();
  const lost = connection.ask('GET', 'x');
  const refused = expect(lost).rejects.toThrow(/ended the connection|ECONNRESET/);
  await new Promise(setImmediate);
  proxy.cut(false);
  await refused;
  await eventually(() => happened.ready === 2);
  await connection.ask('SPUBLISH', channel, 'unheard');
  expect(messages).toEqual([]);
  expect(happened.lost).toBeGreaterThan(0);
});

test('however often it breaks while it is being made, each reply goes to whom it belongs', async () => {
  const proxy = await ValkeyProxy.start(await freshValkeyUrl());
  onTestFinished(() => proxy.stop());
  const { connection, happened } = await openReady(proxy.url);
  // Sometimes before the greeting, sometimes while it waits for its answer.
  proxy.delayMs = () => 20;
  for (let cut = 0; cut < 60; cut++) {
    proxy.cut(false);
    await sleep(25);
  }
  await eventually(() => connection.isReady);
  expect(happened.lost).toBeGreaterThan(5);
  const channel = nanoid();
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      if (i % 10 === 0) await connection.subscribe(`${channel}-${i}`);
      return connection.ask('ECHO', i);
    }),
  );
  expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
});

test('a node that does not answer any more is given up', { timeout: 30_000 }, async () => {
  const proxy = await ValkeyProxy.start(await freshValkeyUrl());
  onTestFinished(() => proxy.stop());
  const { connection } = await openReady(proxy.url);
  proxy.mute();
  await expect(connection.ask('GET', 'x')).rejects.toThrow('no answer within 5000 ms');
});

/** A node that says what it is told to, one answer a command. @returns its address */
async function pretendNode(answers: Record<string, string[]>): Promise<string> {
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        for (const name of bytes.toString().match(/HELLO|PING/g) ?? [])
          socket.write(answers[name]?.shift() ?? '');
      });
    onTestFinished(() => void socket.destroy());
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `valkey://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a node that falls silent while it loads its data is given up', async () => {
  const url = await pretendNode({ HELLO: ['%0\r\n'], PING: ['-LOADING it takes a while\r\n'] });
  const { connection, happened } = open(url);
  await eventually(() => connection.trouble?.message.startsWith('LOADING'));
  expect(happened.lost).toBe(0);
  await eventually(() => happened.lost > 0);
  expect(connection.trouble?.message).toContain('not ready within 2000 ms');
});

test('one that refuses what is asked for nothing else can be subscribed to', async () => {
  const { connection } = open(
    await pretendNode({ HELLO: ['%0\r\n'], PING: ['-MISCONF the disk is full\r\n'] }),
  );
  await eventually(() => connection.isReady);
});

test('a node that takes no writes any more is left, and what was under way is not said to be refused', async () => {
  const url = await pretendNode({ HELLO: ['%0\r\n'], PING: ['+PONG\r\n', '-READONLY a replica by now\r\n'] });
  const { connection, happened } = open(url);
  await eventually(() => connection.isReady);
  const [refused, broken] = await Promise.allSettled([connection.ask('PING'), connection.ask('PING')]);
  expect(refused).toMatchObject({ reason: { name: 'ReplyError', message: 'READONLY a replica by now' } });
  expect(broken).toMatchObject({
    reason: { name: 'Error', message: 'the connection has ended: READONLY a replica by now' },
  });
  expect(happened.lost).toBe(1);
});

test('a node says which channel has gone elsewhere, also while that is being subscribed to', async () => {
  const gone = '>3\r\n$12\r\nsunsubscribe\r\n$3\r\nred\r\n:0\r\n';
  const subscribed = '>3\r\n$10\r\nssubscribe\r\n$3\r\nred\r\n:1\r\n';
  const url = await pretendNode({ HELLO: ['%0\r\n', `${subscribed}${gone}%0\r\n`], PING: ['+PONG\r\n'] });
  const { connection, happened } = open(url);
  await eventually(() => connection.isReady);
  await connection.subscribe('red');
  expect(happened.moved).toEqual(['red']);
});

test('what speaks another protocol is no Valkey, and is left alone once it is closed', async () => {
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { connection, happened } = open(`valkey://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await eventually(() => happened.lost >= 2);
  expect(connection.isReady).toBe(false);
  connection.close();
  const before = visits;
  await sleep(1_500);
  // One may have been under way. It is tried again twice a second at least.
  expect(visits - before).toBeLessThanOrEqual(1);
});
