/** What `npm run fuzz` runs: nonsense of every kind, thrown at a system of real processes. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@overcookied/shared/log.ts';
import { connectValkey, type Redis, whenReady } from '@overcookied/shared/valkey.ts';
import { startValkey } from '../../dev/valkey/valkey.ts';
import { copyWorkspace } from '../chaos/workspace.ts';
import { OptionsError } from '../support/command-line.ts';
import { breakages } from './breakages.ts';
import { replay, Scene } from './culprit.ts';
import { type Options, readOptions, usage } from './options.ts';
import { fuzz, megabytes, type Report } from './run.ts';
import { Stage } from './stage.ts';
import { noCounts } from './world.ts';

const searchMs = 120_000;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else process.exitCode = await run(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

/** @returns the exit code */
async function run(options: Options): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-fuzz-'));
  // What runs is ended at exit, too.
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const server = await startValkey({ dir: join(dir, 'valkey'), persist: false });
  const valkey = connectValkey(server.url, createLog('fuzz', 'silent')) as Redis;
  try {
    await whenReady(valkey);
    const edits = breakages.find(({ name }) => name === options.broken)?.edits;
    const root = edits && join(dir, 'services');
    if (root) await copyWorkspace(root, edits);
    const system = { valkeyUrl: server.url, valkey, runtime: options.runtime, root };
    if (options.replay) return await again(new Scene(() => Stage.start(system)), options.replay);
    print(`fuzzing with ${options.frames} frames, gateways on ${options.runtime}, seed ${options.seed}`);
    const report = await fuzz({
      ...options,
      ...system,
      searchMs,
      tell: (what) => print(`  ${what}`),
    });
    print(tell(report));
    return report.found === undefined ? 0 : 1;
  } finally {
    valkey.disconnect();
    await server.stop();
  }
}

async function again(scene: Scene, which: NonNullable<Options['replay']>): Promise<number> {
  try {
    const found = await replay(scene, which, noCounts());
    print(found ?? 'this case passes');
    return found === undefined ? 0 : 1;
  } finally {
    await scene.stop();
  }
}

function tell({ counts, seconds, memory, slowestMs, found }: Report): string {
  const rate = Math.round(counts.frames / seconds);
  const lines = Object.entries(counts).map(([what, number]) => `${what.padEnd(11)} ${number}`);
  const heaps = memory.map(
    ({ before, after }, i) =>
      `gateway ${i + 1}   heap ${megabytes(before.heap)}, then ${megabytes(after.heap)}; memory ${megabytes(before.rss)}, then ${megabytes(after.rss)}`,
  );
  return [
    ...lines,
    `time        ${seconds.toFixed(0)} s, ${rate} frames a second`,
    `/livez      ${slowestMs.toFixed(0)} ms at most`,
    ...heaps,
    found === undefined ? 'nothing was found' : `FOUND: ${found}`,
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
