import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startValkey } from '../../dev/valkey/valkey.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the one Valkey that all test files of a run share; see `freshValkeyUrl`. */
    valkeyUrl: string;
  }
}

/** One real Valkey for the whole run, on a free port, with nothing kept. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-tests-'));
  const valkey = await startValkey({ dir, persist: false, databases: 1_024 });
  project.provide('valkeyUrl', valkey.url);
  return async () => {
    await valkey.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
