import { dueShards, keys } from '@overcookied/shared/keys.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** What is to be seen of the due times. Every ticker tells the same: they are the same matches. */
export function measureDueTimes(valkey: Valkey, clock: { now(): number }, metrics: Metrics): void {
  const sum = async (count: (key: string) => Promise<number>) => {
    const counts = await Promise.all(Array.from({ length: dueShards }, (_, shard) => count(keys.due(shard))));
    return counts.reduce((total, each) => total + each, 0);
  };
  metrics.gauge('matches', 'Matches that are on, or whose result is not handed in yet.', () =>
    sum((key) => valkey.zcard(key)),
  );
  // A match whose clock was just asked for is among them until the next look, a tenth of a second later at most.
  metrics.gauge(
    'clock_overdue',
    'Matches whose due time has passed without a ticker taking them, or whose ticker has let its lease run out.',
    () => sum((key) => valkey.zcount(key, '-inf', clock.now())),
  );
}
