import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { Link } from './link.ts';

/** A server that says everything back, and a link to it. */
async function echo() {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link = await Link.start((server.address() as AddressInfo).port);
  onTestFinished(() => {
    link.stop();
    server.close();
  });
  return { server, link };
}

function client(link: Link) {
  const socket = connect(link.port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  const heard = { text: '', isClosed: false, endedByEnd: false };
  socket.setEncoding('latin1').on('data', (text) => {
    heard.text += text;
  });
  socket.on('end', () => {
    heard.endedByEnd = true;
  });
  socket.on('close', () => {
    heard.isClosed = true;
  });
  return { socket, heard };
}

const ask = async ({ socket, heard }: { socket: Socket; heard: { text: string } }, text: string) => {
  const from = performance.now();
  const length = heard.text.length + text.length;
  socket.write(text);
  await eventually(() => heard.text.length >= length);
  return performance.now() - from;
};

describe('a link', () => {
  test('passes bytes on, and the end', async () => {
    const { link } = await echo();
    const one = client(link);
    await ask(one, 'hello');
    expect(one.heard.text).toBe('hello');
    one.socket.end();
    await eventually(() => one.heard.isClosed);
    expect(one.heard.endedByEnd).toBe(true);
  });

  test('delays each way, and keeps the order when the delay ends', async () => {
    const { link } = await echo();
    const one = client(link);
    await ask(one, 'a');
    link.delay(100);
    expect(await ask(one, 'b')).toBeGreaterThanOrEqual(199);
    one.socket.write('c');
    await new Promise((resolve) => setTimeout(resolve, 30));
    link.delay(0);
    expect(await ask(one, 'd')).toBeGreaterThanOrEqual(0);
    await eventually(() => one.heard.text.length === 4);
    expect(one.heard.text).toBe('abcd');
  });

  test('stalls, and loses nothing by it', async () => {
    const { link } = await echo();
    const one = client(link);
    await ask(one, 'a');
    link.stall();
    one.socket.write('b');
    const late = client(link);
    late.socket.write('x');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([one.heard.text, late.heard.text]).toEqual(['a', '']);
    link.flow();
    await eventually(() => one.heard.text === 'ab' && late.heard.text === 'x');
  });

  test('stalls before something that is sent', async () => {
    const { link } = await echo();
    const one = client(link);
    link.stall('commit');
    await ask(one, 'read');
    expect(link.isStalled).toBe(false);
    one.socket.write('commit it');
    await eventually(() => link.isStalled);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(one.heard.text).toBe('read');
    link.flow();
    await eventually(() => one.heard.text === 'readcommit it');
    await ask(one, 'commit');
  });

  test('cuts all, or those that began with something', async () => {
    const { link } = await echo();
    const [one, two] = [client(link), client(link)];
    await ask(one, 'I am one');
    await ask(two, 'I am two');
    link.cut('am two');
    await eventually(() => two.heard.isClosed);
    await ask(one, 'still here');
    link.cut();
    await eventually(() => one.heard.isClosed);
  });

  test('holds a sender up whose bytes nobody reads', async () => {
    const { link } = await echo();
    const one = client(link);
    await ask(one, 'a');
    link.stall();
    let written = 0;
    const chunk = Buffer.alloc(100_000, 'b');
    for (let i = 0; i < 200; i++) {
      if (one.socket.writableLength < 1_000_000) {
        one.socket.write(chunk);
        written += chunk.length;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    // What the kernel holds is some MB; 20 MB would have gone through if nobody held them up.
    expect(written).toBeLessThan(15_000_000);
    link.flow();
    await eventually(() => one.heard.text.length === written + 1);
  });

  test('refuses when there is nothing behind it, and finds what is there later', async () => {
    const { link } = await echo();
    const { targetPort } = link;
    link.targetPort = 0;
    const refused = client(link);
    await eventually(() => refused.heard.isClosed);
    link.targetPort = targetPort;
    await ask(client(link), 'hello');
  });
});
