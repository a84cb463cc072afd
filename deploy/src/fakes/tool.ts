/**
 * The fake of a command-line tool: `node tool.ts <folder of the world> <tool> <arguments>`. It writes down its call, does to
 * the world what the real one would do, and answers in its words.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, lineOf, type World, WorldFolder } from './world.ts';

/** Does to the world what a call does. @returns standard output. @throws Error with standard error */
export type Tool = (world: World, args: string[]) => string;

const tools: Record<string, () => Promise<Tool>> = {
  docker: async () => (await import('./docker.ts')).docker,
  kubectl: async () => (await import('./kubectl.ts')).kubectl,
  terraform: async () => (await import('./terraform.ts')).terraform,
};

const [folder = '', tool = '', ...args] = process.argv.slice(2);
const place = new WorldFolder(folder);
const call: Call = { tool, args, dataDir: process.env.TF_DATA_DIR };
const line = lineOf(call);
const earlier = place.calls.map(lineOf);
place.record(call);
const world = place.read();
try {
  const act = await tools[tool]?.();
  const answer = () => {
    process.stdout.write(act?.(world, args) ?? '');
    place.write(world);
  };
  for (const { call: text, says, hangs, isDone, times = Number.POSITIVE_INFINITY } of world.troubles) {
    const pattern = new RegExp(text);
    if (!pattern.test(line) || earlier.filter((each) => pattern.test(each)).length >= times) continue;
    if (isDone) answer();
    // Longer than any test waits.
    if (hangs) await sleep(300_000);
    throw new Error(says);
  }
  answer();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
