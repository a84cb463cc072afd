/** Clients that never read, while others play by the same gateway. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mostWaitingBytes } from '../../services/gateway/src/socket.ts';
import { longGoodbyeMs } from '../../shared/src/runtime/server.ts';
import { allOver, letClick, tally } from '../support/clickers.ts';
import { eventually } from '../support/eventually.ts';
import { sampleOf, valueIn } from '../support/metric.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { Crowd } from './crowd.ts';

const rules = { countdownMs: 300, matchMs: 6_000, goldenGapMs: [60_000, 60_000] };
/** One client alone may not ask so often. */
const limits = { framesPerSecond: 1_000_000, frameBurst: 1_000_000 };

let stack: Stack;

beforeAll(async () => {
  stack = await startStack(rules, undefined, { LIMITS: JSON.stringify(limits) });
});
afterAll(() => stack.stop());

const size = 2;
/** The system itself takes the answers to some 60,000 questions of each, before they wait in the gateway. */
const asksAtOnce = 5_000;
const mostAsks = 200_000;
/** What a gateway's memory goes up and down by in any case. */
const noiseBytes = 64 * 1024 * 1024;

test('cost the gateway no more than their buffers, are closed, and disturb nobody', async () => {
  const gateway = stack.gateways[0];
  const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
  const read = async (name: string) => sampleOf(await metrics(), name) ?? 0;
  const memory = async () => valueIn(await metrics(), 'process_resident_memory_bytes') ?? Number.NaN;
  const crowd = await Crowd.open(gateway.url, size);
  const before = await memory();
  while ((await read('slow_clients')) < size && crowd.asked < mostAsks) await crowd.ask(asksAtOnce);
  expect(await read('slow_clients')).toBe(size);
  const clickers = await letClick([gateway.url, stack.gateways[1].url], 6);
  // There is no end to what they want, until they are closed.
  await eventually(async () => {
    await crowd.ask(asksAtOnce / 50);
    return (await read('slow_closes_total')) === size;
  }, 15_000);
  expect(await read('frames_superseded_total')).toBeGreaterThan(0);
  expect((await memory()) - before).toBeLessThan(size * mostWaitingBytes + noiseBytes);
  // Who does not read does not see it; and these do not answer it, either, so that they are cut off in the end.
  crowd.read();
  await eventually(() => crowd.closed === size, longGoodbyeMs + 5_000);
  await allOver(clickers, 15_000);
  for (const { made, counted } of tally(clickers)) {
    expect(made).toBeGreaterThan(0);
    expect(counted).toBe(made);
  }
  expect(gateway.complaints).toEqual([]);
  for (const { player } of clickers) player.close();
}, 60_000);
