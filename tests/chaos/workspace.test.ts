import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { breakages } from './breakages.ts';
import { copyWorkspace } from './workspace.ts';

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-workspace-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

describe('a copy of the services', () => {
  test('takes its own shared code, and the packages of others from where they are', async () => {
    const dir = await folder();
    await copyWorkspace(dir, [{ file: 'shared/src/rules.ts', find: '60_000', replace: '61_000' }]);
    const rules = await import(join(dir, 'node_modules/@overcookied/shared/src/rules.ts'));
    expect(rules.defaultRules.matchMs).toBe(61_000);
    expect(await readFile(join(dir, 'node_modules/hono/package.json'), 'utf8')).toContain('"hono"');
  });

  test('is not made when an edit does not fit', async () => {
    const edit = (find: string) => [{ file: 'shared/src/rules.ts', find, replace: '' }];
    await expect(copyWorkspace(await folder(), edit('not there'))).rejects.toThrow('0 times instead of once');
    await expect(copyWorkspace(await folder(), edit('const'))).rejects.toThrow(
      /\d times instead of once: const/,
    );
  });

  test.each(breakages)('can be broken: $name', async ({ edits }) => {
    await copyWorkspace(await folder(), edits);
  });
});
