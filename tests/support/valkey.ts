import { createLog } from '@overcookied/shared/log.ts';
import { connectValkey, isCluster, type Redis, whenReady } from '@overcookied/shared/valkey.ts';
import { inject, onTestFinished } from 'vitest';

export const silentLog = createLog('tests', 'silent');

/**
 * The address of a database of the run's Valkey that nobody else uses, so that test files can run side by
 * side. (Channels are not part of a database; their names contain ids that are made at random.)
 */
export async function freshValkeyUrl(): Promise<string> {
  const shared = inject('valkeyUrl');
  const valkey = connectValkey(shared, silentLog);
  await whenReady(valkey);
  const database = await valkey.incr('tests:databases');
  await valkey.quit();
  return `${shared}/${database}`;
}

/** A connection for looking and meddling, closed when the test or the file is done. */
export async function openValkey(url: string): Promise<Redis> {
  const valkey = connectValkey(url, silentLog);
  if (isCluster(valkey)) throw new Error(`${url} is a cluster`);
  await whenReady(valkey);
  return valkey;
}

/** A connection to an empty database, for one test. */
export async function testValkey(): Promise<Redis> {
  const valkey = await openValkey(await freshValkeyUrl());
  onTestFinished(() => valkey.disconnect());
  return valkey;
}
