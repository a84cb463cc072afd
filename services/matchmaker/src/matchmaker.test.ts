import { keys } from '@overcookied/shared/keys.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { joinQueue } from '@overcookied/shared/queue/queue.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { ticketOf } from '../../../tests/support/ticket.ts';
import { silentLog, testValkey } from '../../../tests/support/valkey.ts';
import { Matchmaker } from './matchmaker.ts';
import { waitFor } from './tolerance.ts';

function makeMatchmaker(valkey: Valkey): Matchmaker {
  const matchmaker = new Matchmaker(valkey, defaultRules, silentLog, new Metrics('test'));
  onTestFinished(() => matchmaker.stop());
  return matchmaker;
}

/** More than are looked at together. */
async function longQueue(valkey: Valkey): Promise<void> {
  await Promise.all(Array.from({ length: 8_000 }, (_, i) => joinQueue(valkey, ticketOf(`p${i}`))));
}

const waiting = (valkey: Valkey) => valkey.zcard(keys.queue);

test('looks again by itself when two who were left over begin to accept each other', async () => {
  const valkey = await testValkey();
  const rated = (id: string, rating: number) => ticketOf(id, { standing: { rating, deviation: 60 } });
  await joinQueue(valkey, rated('a', 1_500));
  await joinQueue(valkey, rated('b', 1_600));
  const joinedAt = performance.now();
  await makeMatchmaker(valkey).run();
  expect(await waiting(valkey)).toBe(2);
  await eventually(async () => (await waiting(valkey)) === 0);
  expect(performance.now() - joinedAt).toBeGreaterThan(waitFor(100) - 50);
  expect(performance.now() - joinedAt).toBeLessThan(waitFor(100) + 2_000);
});

test('announces what a dead matchmaker left behind before a long queue is empty', async () => {
  const valkey = await testValkey();
  await longQueue(valkey);
  const [seconds, micros] = await valkey.time();
  // Not yet taken for left behind when the work begins.
  const at = Number(seconds) * 1_000 + Number(micros) / 1_000 - 800;
  const pair = { roomId: 'left', p1: ticketOf('a'), p2: ticketOf('b'), since: [1, 2], at };
  await valkey.hset(keys.pending, 'left', JSON.stringify(pair));
  const matchmaker = makeMatchmaker(valkey);
  const whole = matchmaker.run();
  const left = await eventually(async () => {
    const [exists, stillWaiting] = await Promise.all([valkey.exists(keys.game('left')), waiting(valkey)]);
    return exists === 1 ? { stillWaiting } : undefined;
  });
  expect(left.stillWaiting).toBeGreaterThan(0);
  await whole;
  expect(await waiting(valkey)).toBe(0);
});

test('leaves a long queue to others when it is stopped', async () => {
  const valkey = await testValkey();
  await longQueue(valkey);
  const matchmaker = makeMatchmaker(valkey);
  const whole = matchmaker.run();
  await eventually(async () => (await waiting(valkey)) < 8_000);
  await matchmaker.stop();
  await whole;
  expect(await waiting(valkey)).toBeGreaterThan(0);
  expect(await valkey.hlen(keys.pending)).toBe(0);
});
