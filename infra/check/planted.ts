import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.ts';

/** A mistake that a test makes in a copy of infra/, and what the check must say of it. */
export interface Mistake {
  /** What it is. */
  planted: string;
  edits: [file: string, from: string, to: string][];
  /** All that is found, without `infra/` at the beginning. */
  found: string[];
}

const infra = join(import.meta.dirname, '..');

/** @returns what the check finds in a copy of infra/ that has been changed like this @throws Error when the text to be changed is not there */
export async function findPlanted(edits: Mistake['edits']): Promise<string[]> {
  const base = await mkdtemp(join(tmpdir(), 'overcookied-infra-'));
  try {
    await cp(infra, base, { recursive: true, filter: (path) => !path.startsWith(join(infra, 'check')) });
    for (const [file, from, to] of edits) {
      const text = await readFile(join(base, file), 'utf8');
      if (!text.includes(from)) throw new Error(`infra/${file} has no ${from}`);
      await writeFile(
        join(base, file),
        text.replace(from, () => to),
      );
    }
    return (await check(base)).map(({ message }) => message.replace(/^infra\//, ''));
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
