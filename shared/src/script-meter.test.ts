import { expect, test } from 'vitest';
import { readMetric } from '../../tests/support/metric.ts';
import { ticketOf } from '../../tests/support/ticket.ts';
import { freshValkeyUrl, openValkey } from '../../tests/support/valkey.ts';
import { Metrics } from './metrics.ts';
import { joinQueue } from './queue/queue.ts';
import { causeOf } from './script-meter.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

test.each([
  [
    'full',
    named(
      'ReplyError',
      "OOM command not allowed when used memory > 'maxmemory'. script: 1f, on @user_script:3.",
    ),
  ],
  ['replica', named('ReplyError', "READONLY You can't write against a read only script.")],
  ['loading', named('ReplyError', 'LOADING Valkey is loading the dataset in memory')],
  ['not_allowed', named('ReplyError', 'NOAUTH Authentication required.')],
  [
    'script',
    named('ReplyError', 'ERR user_script:7: attempt to index a nil value script: 1f, on @user_script:7.'),
  ],
  ['not_replicated', named('NotReplicatedError', 'only 0 of 1 replicas have got the change')],
  ['no_answer', named('Error', "Socket timeout. Expecting data, but didn't receive any in 5000ms.")],
  ['not_connected', named('Error', "Stream isn't writeable and enableOfflineQueue options is false")],
  ['not_connected', named('Error', 'Connection is closed.')],
])('%s is what comes of %s', (cause, error) => {
  expect(causeOf(error)).toBe(cause);
});

test('calls are timed by script, and failures counted by cause, whatever Valkey says of them in full', async () => {
  const metrics = new Metrics('test');
  const valkey = await openValkey(await freshValkeyUrl());
  await joinQueue(valkey, ticketOf('ada'));
  await joinQueue(valkey, ticketOf('bo'));
  // A ticket that a script cannot read.
  await valkey.hset('overcookied:{matchmaking}:tickets', 'ada', 'no JSON');
  await expect(joinQueue(valkey, ticketOf('ada'))).rejects.toThrow();
  valkey.disconnect();
  await expect(joinQueue(valkey, ticketOf('ada'))).rejects.toThrow();
  expect(await readMetric(metrics, 'valkey_call_seconds_count')).toBe(2);
  const text = await metrics.registry.metrics();
  expect(text).toContain(
    'overcookied_valkey_call_seconds_bucket{le="1",service="test",script="queue_join"} 2',
  );
  for (const cause of ['script', 'not_connected']) {
    expect(text).toContain(
      `valkey_call_failures_total{script="queue_join",cause="${cause}",service="test"} 1`,
    );
  }
});
