import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { nanoid } from 'nanoid';

const ttlMs = 2_000;
const retryMs = 5;
/** Another matchmaker's pass takes some tens of ms; whoever keeps the lock for longer has died, or sleeps. */
const patienceMs = 300;

const lockScript = new Script<number>('lock_take', [new URL('lock.lua', import.meta.url)], 2);
const unlockScript = new Script<null>('lock_give', [new URL('unlock.lua', import.meta.url)], 1);

/**
 * Runs `work` while no other matchmaker does, which saves double work but is no guarantee: a paused process
 * outlives its lock. The guarantee is the fencing number, which every commit shows and Valkey checks.
 *
 * @returns false when the lock was not to be had soon
 */
export async function withLock(valkey: Valkey, work: (fence: number) => Promise<void>): Promise<boolean> {
  const token = nanoid();
  const giveUpAt = performance.now() + patienceMs;
  let fence = 0;
  while (fence === 0) {
    fence = await lockScript.run(valkey, [keys.lock, keys.fence], token, ttlMs);
    if (fence === 0) {
      if (performance.now() > giveUpAt) return false;
      await sleep(retryMs + Math.random() * retryMs);
    }
  }
  try {
    await work(fence);
  } finally {
    await unlockScript.run(valkey, [keys.lock], token);
  }
  return true;
}
