import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silentLog } from '../../../tests/support/valkey.ts';
import { beginSpan, startTracing, stopTracing, traced } from './tracing.ts';

const sockets: Socket[] = [];
/** A collector that takes connections and answers nothing. */
const collector = createServer((socket) => sockets.push(socket));

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  await startTracing('test', silentLog);
}, 60_000);

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  collector.close();
});

const stranger = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const traceOf = (traceparent: string | undefined) => traceparent?.split('-')[1];
const join = { name: 'JOIN_QUEUE', isFirst: true };

test('a step goes on with the trace that was left off elsewhere, whatever runs now', async () => {
  await traced(join, async (own) => {
    expect(own.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const other = beginSpan({ name: 'announce match', from: stranger });
    expect(traceOf(other.traceparent)).toBe('a'.repeat(32));
    expect(traceOf(beginSpan({ name: 'create match' }).traceparent)).toBe(traceOf(own.traceparent));
    other.during(() => expect(traceOf(beginSpan({ name: 'create match' }).traceparent)).toBe('a'.repeat(32)));
  });
});

test('what is in no trace begins none', () => {
  expect(beginSpan({ name: 'announce match' }).traceparent).toBeUndefined();
  expect(beginSpan({ name: 'announce match', from: undefined }).traceparent).toBeUndefined();
  // As another version may have written it.
  for (const from of ['', 'nonsense', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`]) {
    expect(beginSpan({ name: 'announce match', from }).traceparent).toBeUndefined();
  }
});

test('a trace that its sampler has left out is left out to its end', async () => {
  const step = { name: 'announce match', from: stranger.replace(/01$/, '00') };
  await traced(step, async ({ traceparent }) => expect(traceparent).toMatch(/-00$/));
});

test('a collector that does not answer keeps a service from ending for two seconds and no longer', async () => {
  await traced(join, async () => {});
  const askedAt = performance.now();
  await stopTracing();
  expect(performance.now() - askedAt).toBeLessThan(6_000);
});
