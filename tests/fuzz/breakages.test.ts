import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyWorkspace } from '../chaos/workspace.ts';
import { breakages } from './breakages.ts';

test.each(breakages)('the gateway can be broken: $name', async ({ edits }) => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-breakage-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await expect(copyWorkspace(dir, edits)).resolves.toBeUndefined();
});
