/** Where, when and on what something was measured. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../dev/system/command.ts';

/** What is measured is made of these, as npm has installed them. */
const packages = [
  ...['ws', 'ioredis', 'bun', 'socket.io', '@socket.io/redis-adapter', '@colyseus/core'],
  ...['@colyseus/ws-transport', '@colyseus/redis-presence', '@colyseus/redis-driver', '@colyseus/schema'],
];

export interface Place {
  /** In a sentence. */
  machine: string;
  /** Package or program → its version. */
  versions: Record<string, string>;
  /** Short hash; `unknown` outside a Git checkout. */
  commit: string;
  /** Whether files that Git knows were changed since. */
  isChanged: boolean;
  /** ISO 8601. */
  begunAt: string;
  minutes: number;
  /** Load averages of 1, 5 and 15 minutes. */
  loadBefore: number[];
  loadAfter: number[];
}

/** @returns what completes the description when everything is measured */
export async function describePlace(): Promise<(machine: string) => Place> {
  const begunAt = new Date();
  const loadBefore = loadavg();
  const [versions, source] = await Promise.all([installedVersions(), sourceVersion()]);
  return (machine) => ({
    machine,
    versions,
    ...source,
    begunAt: begunAt.toISOString(),
    minutes: (Date.now() - begunAt.getTime()) / 60_000,
    loadBefore,
    loadAfter: loadavg(),
  });
}

async function installedVersions(): Promise<Record<string, string>> {
  const each = packages.map(async (name) => [name, await installedVersion(name)] as const);
  return { node: process.versions.node, ...Object.fromEntries(await Promise.all(each)) };
}

/** By the nearest `node_modules` that has it: what a package exports need not be its description. */
async function installedVersion(name: string): Promise<string> {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const text = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return JSON.parse(text).version;
  }
  return 'not installed';
}

async function sourceVersion(): Promise<{ commit: string; isChanged: boolean }> {
  const here = dirname(fileURLToPath(import.meta.url));
  try {
    const git = (...args: string[]) => runCommand('git', ['-C', here, ...args]);
    const commit = (await git('rev-parse', '--short', 'HEAD')).trim();
    return { commit, isChanged: (await git('status', '--porcelain', '--untracked-files=no')).trim() !== '' };
  } catch {
    return { commit: 'unknown', isChanged: false };
  }
}
