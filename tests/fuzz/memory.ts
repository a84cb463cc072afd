import { setTimeout as sleep } from 'node:timers/promises';
import { valueIn } from '../support/metric.ts';
import type { TestService } from '../support/service.ts';

/** Of one gateway, in bytes. */
export interface Memory {
  /** The JavaScript heap that is in use when the garbage has been collected. */
  heap: number;
  rss: number;
}

/** It is looked until so many looks in a row have found no megabyte less: what was under way has to come to its end… */
const looks = 5;
const lessBytes = 1024 * 1024;
/** …but so often at most. */
const mostLooks = 60;
const pauseMs = 500;
/** Players who left are there for the grace, and their matches until their end. */
const emptyWithinMs = 20_000;

/** What a gateway holds once nobody is there any more. It must have `collect-garbage.ts` loaded. */
export async function memoryOf(gateway: TestService): Promise<Memory> {
  const deadline = performance.now() + emptyWithinMs;
  while ((await metric(gateway, 'overcookied_sockets')) + (await metric(gateway, 'overcookied_rooms')) > 0) {
    if (performance.now() > deadline)
      throw new Error('a gateway still has players or matches after everybody left');
    await sleep(pauseMs);
  }
  let least = Number.POSITIVE_INFINITY;
  let rss = 0;
  for (let look = 0, since = 0; look < mostLooks && since < looks; look++, since++) {
    gateway.process.kill('SIGUSR2');
    await sleep(pauseMs);
    const heap = await metric(gateway, 'nodejs_heap_size_used_bytes');
    if (heap < least - lessBytes) since = 0;
    least = Math.min(least, heap);
    rss = await metric(gateway, 'process_resident_memory_bytes');
  }
  return { heap: least, rss };
}

async function metric(gateway: TestService, name: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const value = valueIn(text, name);
  if (value === undefined) throw new Error(`a gateway tells no ${name}`);
  return value;
}
