import { keys } from '@overcookied/shared/keys.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** What is to be seen of the common queue. Every matchmaker tells the same: it is one queue. */
export function measureQueue(valkey: Valkey, metrics: Metrics): void {
  metrics.gauge('queue_players', 'Players who wait in the common queue.', () => valkey.zcard(keys.queue));
  metrics.gauge(
    'queue_oldest_wait_seconds',
    'How long the one has waited who has waited longest in the common queue; 0 when nobody waits.',
    async () => {
      const [[, since], [seconds, micros]] = await Promise.all([
        valkey.zrange(keys.queue, 0, '0', 'WITHSCORES'),
        valkey.time(),
      ]);
      if (since === undefined) return 0;
      return Math.max(0, Number(seconds) + Number(micros) / 1_000_000 - Number(since) / 1_000);
    },
  );
}
