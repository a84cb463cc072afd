import { cp, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Edit } from './breakages.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** What the services need. */
const folders = ['shared', 'services/gateway', 'services/matchmaker', 'services/game-ticker'];
const ours = '@overcookied';

/**
 * Copies what the services run from into a folder, so that they stay what they are however long a run takes, and may
 * be changed. What others wrote is linked, not copied.
 *
 * @throws Error when an edit does not fit: the text to replace is not there, or more than once
 */
export async function copyWorkspace(to: string, edits: Edit[]): Promise<void> {
  await cp(join(repository, 'package.json'), join(to, 'package.json'));
  for (const folder of folders) {
    await cp(join(repository, folder), join(to, folder), {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|web|dist)$/.test(path),
    });
    const own = join(repository, folder, 'node_modules');
    if (await exists(own)) await symlink(own, join(to, folder, 'node_modules'));
  }
  await linkModules(join(to, 'node_modules'), to);
  for (const edit of edits) await apply(edit, to);
}

async function linkModules(modules: string, to: string): Promise<void> {
  const original = join(repository, 'node_modules');
  await mkdir(join(modules, ours), { recursive: true });
  for (const entry of await readdir(original)) {
    if (entry !== ours && !entry.startsWith('.')) await symlink(join(original, entry), join(modules, entry));
  }
  for (const folder of folders) {
    const { name } = JSON.parse(await readFile(join(to, folder, 'package.json'), 'utf8')) as { name: string };
    await symlink(join(to, folder), join(modules, name));
  }
}

async function apply({ file, find, replace }: Edit, to: string): Promise<void> {
  const text = await readFile(join(to, file), 'utf8');
  const times = text.split(find).length - 1;
  if (times !== 1) {
    throw new Error(`${file} was to be broken, but has this ${times} times instead of once: ${find}`);
  }
  await writeFile(
    join(to, file),
    text.replace(find, () => replace),
  );
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
