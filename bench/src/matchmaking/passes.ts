import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** How often a matchmaker has taken the lock, which it does once a pass. */
export async function lockTakings(valkey: Valkey): Promise<number> {
  return Number((await valkey.get(keys.fence)) ?? 0);
}
