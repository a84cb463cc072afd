import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../tests/support/eventually.ts';
import { silentLog } from '../../tests/support/valkey.ts';
import { Subscriptions } from './subscriptions.ts';

const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

test('nothing is left of connections that are closed between two tries', async () => {
  const before = timers();
  const many = Array.from({ length: 20 }, () => new Subscriptions('valkey://127.0.0.1:1', silentLog));
  await sleep(300);
  for (const each of many) each.close();
  // Those of the runner come and go.
  expect(timers()).toBeLessThan(before + 10);
});

test('a channel that a node has let go of is subscribed to again, if its slot is that node’s all the same', async () => {
  const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;
  const push = (kind: string) => `>3\r\n${bulk(kind)}${bulk('red')}:0\r\n`;
  let node: Socket | undefined;
  let subscribed = 0;
  const server = createServer((socket) => {
    node = socket
      .on('error', () => {})
      .on('data', (bytes) => {
        for (const name of bytes.toString().match(/HELLO|PING|SLOTS|ssubscribe/g) ?? [])
          socket.write(answers[name]?.() ?? '');
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answers: Record<string, () => string> = {
    HELLO: () => '%0\r\n',
    PING: () => '+PONG\r\n',
    SLOTS: () => `*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n${bulk('127.0.0.1')}:${port}\r\n`,
    ssubscribe: () => {
      subscribed++;
      return push('ssubscribe');
    },
  };
  const subscriptions = new Subscriptions(`valkey://127.0.0.1:${port}?cluster`, silentLog);
  onTestFinished(() => {
    subscriptions.close();
    node?.destroy();
    server.close();
  });
  let again = 0;
  await subscriptions.add('red', { message: () => {}, resubscribed: () => again++ });
  await eventually(() => subscribed === 1 && again === 1);
  node?.write(push('sunsubscribe'));
  await eventually(() => subscribed === 2 && again === 2);
});
