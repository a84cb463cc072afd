import { setTimeout as sleep } from 'node:timers/promises';
import type { TestService } from '../support/service.ts';

/** Of one gateway, in bytes. */
export interface Memory {
  /** The JavaScript heap that is in use when the garbage has been collected. */
  heap: number;
  rss: number;
}

/** The least of several looks counts: what a timer has just made is not held. */
const looks = 4;
const pauseMs = 400;
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
  const seen: Memory[] = [];
  for (let i = 0; i < looks; i++) {
    gateway.process.kill('SIGUSR2');
    await sleep(pauseMs);
    seen.push({
      heap: await metric(gateway, 'nodejs_heap_size_used_bytes'),
      rss: await metric(gateway, 'process_resident_memory_bytes'),
    });
  }
  return { heap: Math.min(...seen.map(({ heap }) => heap)), rss: Math.min(...seen.map(({ rss }) => rss)) };
}

async function metric(gateway: TestService, name: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const value = text.match(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm'))?.[1];
  if (value === undefined) throw new Error(`a gateway tells no ${name}`);
  return Number(value);
}
