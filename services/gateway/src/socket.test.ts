import { Metrics } from '@overcookied/shared/metrics.ts';
import type { ServerFrame } from '@overcookied/shared/protocol.ts';
import { type Served, upgrade } from '@overcookied/shared/runtime/bindings.ts';
import { serve } from '@overcookied/shared/runtime/serve.ts';
import type { RawSocket } from '@overcookied/shared/runtime/socket.ts';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { readMetric } from '../../../tests/support/metric.ts';
import { RawClient } from '../../../tests/support/raw-client.ts';
import { SlowClients } from './slow-clients.ts';
import { mostUnreadBytes, mostWaitingBytes, Socket } from './socket.ts';

/** Of a client that is connected by TCP, and reads nothing until the test says so. */
interface Ends {
  client: RawClient;
  raw: RawSocket;
  socket: Socket;
  metrics: Metrics;
  /** With which the gateway's end was closed, once it is. */
  closedWith: () => number | undefined;
  /** How many frames have come. */
  heard: () => number;
}

/** @param mostBehindMs after how long a client that is behind is closed */
async function connected(mostBehindMs?: number): Promise<Ends> {
  const metrics = new Metrics('test');
  const care = {
    slow: new SlowClients(metrics, mostBehindMs),
    cuts: metrics.counter('cuts_total', 'For the test.', ['cause']),
  };
  let raw: RawSocket | undefined;
  let socket: Socket | undefined;
  let code: number | undefined;
  let heard = 0;
  const app = new Hono<Served>().get('/ws', (c) =>
    upgrade(c, {
      opened: (opened) => {
        raw = opened;
        socket = new Socket(opened, care);
      },
      message: () => {
        heard++;
        socket?.heard();
      },
      ponged: () => socket?.heard(),
      closed: (with_) => {
        code = with_;
        socket?.closed();
      },
    }),
  );
  const failed = (error: unknown) => {
    throw error;
  };
  const server = await serve({ app, port: 0, onError: failed });
  const client = await RawClient.open(`http://127.0.0.1:${server.port}`, 'anybody');
  onTestFinished(async () => {
    client.close();
    await server.close();
  });
  await expect.poll(() => socket).toBeDefined();
  return {
    client,
    metrics,
    closedWith: () => code,
    heard: () => heard,
    raw: raw as never,
    socket: socket as never,
  };
}

/** Until the system, which takes some megabytes for a client that does not read, takes no more. */
function fill({ raw }: Ends): void {
  const filler = JSON.stringify({ type: 'FILLER', payload: 'x'.repeat(mostUnreadBytes) });
  while (raw.bufferedAmount <= mostUnreadBytes) raw.sendTexts(filler);
}

/** What is in these bytes, without the filler: frames, and in the end the code of a close. */
function framesIn(bytes: Buffer): (ServerFrame | number)[] {
  const frames: (ServerFrame | number)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = (bytes[at] ?? 0) & 0x0f;
    const short = bytes[at + 1] ?? 0;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length =
      short < 126
        ? short
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : Number(bytes.readBigUInt64BE(at + 2));
    const payload = bytes.subarray(at + header, at + header + length);
    at += header + length;
    if (kind === 8) frames.push(payload.readUInt16BE());
    else if (kind === 1 && !payload.includes('FILLER')) frames.push(JSON.parse(payload.toString()));
  }
  return frames;
}

const score = (p1Score: number): ServerFrame => ({
  type: 'UPDATE',
  payload: { p1Score, p2Score: 0, seq: p1Score },
});
const over: ServerFrame = { type: 'GAME_OVER', payload: { winner: 'draw', p1Score: 1_000, p2Score: 0 } };

test('what a client is sent that does not read takes no more room than the newest of it', async () => {
  const ends = await connected();
  const { socket, raw, client, metrics } = ends;
  fill(ends);
  const unread = raw.bufferedAmount;
  for (let i = 1; i <= 1_000; i++) socket.send(score(i));
  socket.send(over);
  expect(raw.bufferedAmount).toBe(unread);
  expect(await readMetric(metrics, 'frames_superseded_total')).toBe(999);
  expect(await readMetric(metrics, 'slow_clients')).toBe(1);
  const all = client.readToEnd();
  await expect.poll(() => readMetric(metrics, 'slow_clients')).toBe(0);
  socket.send(score(7));
  await expect.poll(() => raw.bufferedAmount).toBe(0);
  socket.close(1000, 'enough');
  expect(framesIn(await all)).toEqual([score(1_000), over, score(7), 1000]);
});

test('a client that stays behind is closed with 4008', async () => {
  const ends = await connected(300);
  const { socket, raw, client, metrics } = ends;
  fill(ends);
  socket.send(score(1), over);
  await expect.poll(() => raw.isOpen).toBe(false);
  // It reads at last, in time to hear why.
  const frames = framesIn(await client.readToEnd());
  expect(frames).toEqual([4008]);
  expect(await readMetric(metrics, 'slow_closes_total')).toBe(1);
  expect(await readMetric(metrics, 'slow_clients')).toBe(0);
});

test('and cut off if it does not hear of it', async () => {
  const ends = await connected(300);
  fill(ends);
  ends.socket.send(over);
  await expect.poll(ends.closedWith).toBe(1006);
  expect(await readMetric(ends.metrics, 'slow_closes_total')).toBe(1);
  expect(await readMetric(ends.metrics, 'cuts_total')).toBe(1);
});

test('a client that is behind by too much is closed at once', async () => {
  const ends = await connected();
  const { socket, raw, metrics } = ends;
  fill(ends);
  const error: ServerFrame = { type: 'ERROR', payload: { code: 'busy', message: 'x'.repeat(1_000) } };
  let sent = 0;
  while (raw.isOpen && sent < 1_000) {
    socket.send(error);
    sent++;
  }
  expect(sent).toBeLessThan(mostWaitingBytes / 1_000);
  expect(await readMetric(metrics, 'slow_closes_total')).toBe(1);
});

test('a client that is behind is told what waits for it before the goodbye', async () => {
  const ends = await connected();
  const { socket, client, metrics } = ends;
  fill(ends);
  socket.sendWritten(score(1), 'not this, which waits as a frame');
  socket.sendWritten(score(2), 'nor this');
  socket.send(over);
  socket.finish('enough');
  const read: Buffer[] = [];
  client.socket.on('data', (data: Buffer) => read.push(data)).resume();
  await expect.poll(() => framesIn(Buffer.concat(read))).toEqual([score(2), over, 1000]);
  expect(await readMetric(metrics, 'slow_clients')).toBe(0);
});

test('what has been written once is sent as it is', async () => {
  const { socket, client } = await connected();
  const all = client.readToEnd();
  socket.sendWritten(over, JSON.stringify(score(5)));
  socket.finish('enough');
  expect(framesIn(await all)).toEqual([score(5), 1000]);
});

test('a client that reads is not slow, however much it is sent', async () => {
  const { socket, client, metrics } = await connected(300);
  const all = client.readToEnd();
  for (let i = 1; i <= 50; i++) {
    for (let j = 0; j < 100; j++) socket.send(score(i * 100 + j));
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.close(1000, 'enough');
  const frames = framesIn(await all);
  expect(frames.at(-1)).toBe(1000);
  expect(frames.at(-2)).toEqual(score(5_099));
  expect(await readMetric(metrics, 'slow_closes_total')).toBeUndefined();
});

test('a client that gives no sign of life is dead after two questions', async () => {
  const { socket, client, closedWith, heard } = await connected();
  socket.beat();
  socket.beat();
  client.send('PING');
  await expect.poll(heard).toBe(1);
  socket.beat();
  socket.beat();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(closedWith()).toBeUndefined();
  socket.beat();
  await expect.poll(closedWith).toBe(1006);
});
