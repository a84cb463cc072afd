/** Traces as OpenTelemetry's collectors get them: from real services, over real HTTP. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRuntime } from '../dev/system/runtimes.ts';
import { eventually } from './support/eventually.ts';
import { type OtlpReceiver, type Span, startOtlpReceiver } from './support/otlp-receiver.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Guest, guest, meet, Stranger } from './support/stranger.ts';

let collector: OtlpReceiver;
let stack: Stack;

beforeAll(async () => {
  collector = await startOtlpReceiver();
  stack = await startStack({ countdownMs: 100, matchMs: 400 }, undefined, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    // The default is protobuf; JSON can be read here without a library.
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    // It tries again for so long before it gives up.
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  });
}, 60_000);

afterAll(async () => {
  await stack?.stop();
  await collector?.stop();
});

const start = ({ id }: Guest) =>
  collector.spans.find(
    ({ name, attributes }) => name === 'GAME_START' && attributes['overcookied.player'] === id,
  );

/** From a span up to where its trace began. @throws Error when a parent has not come (yet) */
function wayTo(span: Span): Span[] {
  if (!span.parentSpanId) return [span];
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  if (!parent) throw new Error(`the parent of ${span.name} is missing`);
  return [...wayTo(parent), span];
}

/** The way of each of two players who have met into their match, once all of it is there. */
const waysOf = (guests: [Guest, Guest]) =>
  eventually(() => {
    const [one, two] = guests.map(start);
    try {
      return one && two && [wayTo(one), wayTo(two)];
    } catch {
      return undefined;
    }
  }, 15_000) as Promise<[Span[], Span[]]>;

const told = (spans: Span[]) => spans.map(({ service, name }) => `${service}: ${name}`);

test('each player’s trace leads from JOIN_QUEUE to GAME_START, of the one whose join made the match by way of its job', async () => {
  const { guests, starts, players } = await meet([stack.gateways[0].url, stack.gateways[1].url]);
  const [one, two] = await waysOf(guests);
  expect(told(one)).toEqual([
    'overcookied-gateway: JOIN_QUEUE',
    'overcookied-matchmaker: announce match',
    'overcookied-matchmaker: publish notice',
    'overcookied-gateway: GAME_START',
  ]);
  expect(told(two)).toEqual([
    'overcookied-gateway: JOIN_QUEUE',
    'overcookied-gateway: add wake',
    'overcookied-matchmaker: process wake',
    'overcookied-matchmaker: announce match',
    'overcookied-matchmaker: publish notice',
    'overcookied-gateway: GAME_START',
  ]);
  for (const [i, way] of [one, two].entries()) {
    expect(new Set(way.map(({ traceId }) => traceId)).size).toBe(1);
    expect(way[0]?.attributes['overcookied.player']).toBe(guests[i]?.id);
    const { roomId } = starts[i as 0 | 1].payload;
    for (const span of way.slice(-3)) expect(span.attributes['overcookied.room']).toBe(roomId);
    for (const span of way) expect(span.status).toBe(0);
    // A notice cannot be heard before it is sent, by one clock.
    const begins = way.map(({ startedAt }) => startedAt);
    expect(begins).toEqual(begins.toSorted((a, b) => a - b));
  }
  // Each trace is the player's own; the two know of each other, and the first of the job that the second's join has made.
  const [[first, announcedFirst], [second, , job, announcedSecond]] = [one, two];
  expect(first?.traceId).not.toBe(second?.traceId);
  const idOf = (span: Span | undefined) => ({ traceId: span?.traceId, spanId: span?.spanId });
  expect(announcedFirst?.links).toEqual([idOf(second), idOf(job)]);
  expect(announcedSecond?.links).toEqual([idOf(first)]);
  expect(job?.attributes).toMatchObject({
    'messaging.system': 'bullmq',
    'messaging.destination.name': 'wake',
    'messaging.operation.type': 'process',
  });
  // The match is made once, for both.
  const created = collector.spans.filter(({ name }) => name === 'create match');
  expect(created.map(({ parentSpanId }) => parentSpanId)).toEqual([announcedSecond?.spanId]);
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  for (const player of players) player.close();
});

test('so it is with two who share a code', async () => {
  const guests = await Promise.all(stack.gateways.map(({ url }, i) => guest(url, `Friend ${i}`)));
  const players: Stranger[] = [];
  for (const [i, { token }] of guests.entries()) {
    const player = await Stranger.connect((stack.gateways[i] as TestService).url, token);
    players.push(player);
    player.send('JOIN_QUEUE', { mode: 'private', code: 'TRACED' });
    if (i === 0) await player.next('QUEUED');
  }
  const [, two] = await waysOf(guests as [Guest, Guest]);
  expect(told(two)).toEqual([
    'overcookied-gateway: JOIN_QUEUE',
    'overcookied-gateway: add announce',
    'overcookied-matchmaker: process announce',
    'overcookied-matchmaker: announce match',
    'overcookied-matchmaker: publish notice',
    'overcookied-gateway: GAME_START',
  ]);
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  for (const player of players) player.close();
});

test('nothing is exported but players’ ways: no reminders, and no looks at empty queues', () => {
  const roots = new Set(
    collector.spans.filter(({ name }) => name === 'JOIN_QUEUE').map(({ traceId }) => traceId),
  );
  expect(roots.size).toBe(4);
  expect(collector.spans.filter(({ traceId }) => !roots.has(traceId))).toEqual([]);
  expect([...collector.contentTypes]).toEqual(['application/json']);
});

test('a collector that is away costs one warning, and neither the match nor the end of a service', async () => {
  await collector.stop();
  const { players, starts } = await meet([stack.gateways[0].url, stack.gateways[1].url]);
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  expect(starts).toHaveLength(2);
  const [gateway] = stack.gateways;
  const told = await eventually(
    () => gateway.complaints.find(({ msg }) => msg === 'traces are not exported as asked for'),
    15_000,
  );
  expect(told.reason).toContain('ECONNREFUSED');
  for (const player of players) player.close();
  await Promise.all(players.map((player) => player.closing()));
  const askedAt = performance.now();
  expect(await gateway.stop()).toBe(0);
  // Two seconds for the spans that are left, and what a gateway needs otherwise.
  expect(performance.now() - askedAt).toBeLessThan(8_000);
});

test.runIf(readRuntime(process.env) === 'node').each([
  ['nobody asks for traces, OpenTelemetry is not loaded', {}, false],
  ['somebody does, it is', { OTEL_TRACES_EXPORTER: 'otlp' }, true],
])('where %s', { timeout: 60_000 }, async (_what, env, isLoaded) => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-loaded-'));
  // Node writes which modules a process has loaded.
  const service = new TestService('matchmaker', { ...stack.env, ...off, ...env, NODE_V8_COVERAGE: dir });
  await service.ready();
  await service.stop();
  const files = await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'utf8')));
  await rm(dir, { recursive: true });
  const loaded = files.flatMap((text) =>
    JSON.parse(text).result.map(({ url }: { url: string }): string => url),
  );
  expect(loaded.some((url) => url.includes('/bullmq/'))).toBe(true);
  // Its small interface is loaded by prom-client anyway.
  expect(loaded.some((url) => url.includes('/@opentelemetry/sdk-'))).toBe(isLoaded);
});

/** Without what the stack's services have of it. */
const off = { OTEL_EXPORTER_OTLP_ENDPOINT: '' };
