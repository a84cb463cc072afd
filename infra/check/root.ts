/** Reads Terraform's files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { Problem } from './problem.ts';

/** Folders that Terraform is applied in, relative to infra/. */
export const rootFolders = ['', 'bootstrap', 'addons'];

/** A value as the parser tells it: what is no literal is text with `${…}`. */
export type Raw = string | number | boolean | null | Raw[] | { [name: string]: Raw };
export type Body = { [name: string]: Raw };

/** A block at the top of a file. */
export interface Block {
  /** Path of the file, relative to the repository's infra/ or its copy. */
  file: string;
  kind: string;
  /** As in `resource "type" "name"`. */
  labels: string[];
  body: Body;
}

export interface Root {
  /** Relative to infra/. */
  folder: string;
  /** Absolute. */
  path: string;
  blocks: Block[];
}

/** How Terraform calls a block, as in `data.aws_partition.this`. */
export function addressOf({ kind, labels }: Pick<Block, 'kind' | 'labels'>): string {
  if (kind === 'resource') return labels.join('.');
  return [kind === 'variable' ? 'var' : kind, ...labels].join('.');
}

/** How many labels stand between a block's kind and its body. */
const labelCounts: Record<string, number> = {
  ...{ resource: 2, data: 2, ephemeral: 2, variable: 1, output: 1, module: 1, provider: 1, check: 1 },
  ...{ locals: 0, terraform: 0, moved: 0, import: 0, removed: 0 },
};

const infra = join(import.meta.dirname, '..');

/**
 * @param folder relative to infra/
 * @param base infra/ or a copy of it
 * @throws Problem for a file that is no HCL, or has a block that Terraform does not know
 */
export async function loadRoot(folder: string, base = infra): Promise<Root> {
  const path = join(base, folder);
  const names = (await readdir(path)).filter((name) => name.endsWith('.tf')).sort();
  const blocks = await Promise.all(names.map((name) => readBlocks(base, join(folder, name))));
  return { folder, path, blocks: blocks.flat() };
}

async function readBlocks(base: string, file: string): Promise<Block[]> {
  const content = await readHcl(base, file);
  return Object.entries(content).flatMap(([kind, raw]) => {
    const count = labelCounts[kind];
    if (count === undefined) throw new Problem(file, kind, 'is no block that Terraform knows');
    return unfold(raw, count).map(({ labels, body }) => ({ file, kind, labels, body }));
  });
}

function unfold(raw: Raw | undefined, count: number): { labels: string[]; body: Body }[] {
  if (count === 0) return (raw as Body[]).map((body) => ({ labels: [], body }));
  return Object.entries(raw as Body).flatMap(([label, inner]) =>
    unfold(inner, count - 1).map(({ labels, body }) => ({ labels: [label, ...labels], body })),
  );
}

/** Text → what it says. Parsing takes far longer than all checks, and most files are read more than once. */
const parsed = new Map<string, Promise<Body>>();

/** @param file relative to `base` @throws Problem when it is no HCL */
export async function readHcl(base: string, file: string): Promise<Body> {
  try {
    const text = await readFile(join(base, file), 'utf8');
    const body = parsed.get(text) ?? (parse(file, text) as Promise<Body>);
    parsed.set(text, body);
    return await body;
  } catch (error) {
    // The first of what it complains of; the rest follows from it.
    const [, first] = (error as Error).message.match(/\[[^:]*:(\d+,.*?)(?: \S+\.\w+:\d+,|\]?$)/s) ?? [];
    throw new Problem(file, 'syntax', `line ${first ?? (error as Error).message}`);
  }
}
