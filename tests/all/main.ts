/**
 * What `npm test` runs, one step after the other, as long as each passes. Of a step the lanes run side by side: none of
 * them judges by milliseconds what the others could take from it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Steps, their lanes, and each lane's commands, one after the other. */
const steps: string[][][] = [
  [['npm run -s check'], ['npm run -s build', 'npm run -s check:k8s', 'npm run -s check:infra']],
  [['vitest run']],
  [['npm run -s rolling -- --bots 100']],
  // By itself: a machine that is busy for seconds makes nodes take each other for dead, and clicks come too late to count.
  [['npm run -s chaos -- --minutes 0.5 --bots 100']],
  [['npm run -s chaos -- --minutes 0.5 --bots 100 --cluster --wait 1']],
];

const compileCache = fileURLToPath(new URL('../../.overcookied/compile-cache', import.meta.url));
const times: string[] = [];

for (const lanes of steps) {
  const passed = await Promise.all(lanes.map((commands) => runLane(commands, lanes.length > 1)));
  if (passed.includes(false)) process.exitCode = 1;
  if (process.exitCode) break;
}
process.stdout.write(`\n${times.join('\n')}\n`);

/** @returns whether all passed; what follows one that fails is not run */
async function runLane(commands: string[], isBesideOthers: boolean): Promise<boolean> {
  for (const command of commands) if (!(await run(command, isBesideOthers))) return false;
  return true;
}

/** @param isBesideOthers then what it says is told when it has ended, or it would be mixed with theirs */
async function run(command: string, isBesideOthers: boolean): Promise<boolean> {
  const from = performance.now();
  const output = isBesideOthers ? 'pipe' : 'inherit';
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', output, output],
    // A third of what it takes Node to start is to compile the same files again.
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => said.push(data));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - from) / 1_000).toFixed(0).padStart(4);
  const time = `${seconds} s  ${code === 0 ? '' : 'FAILED: '}${command}`;
  times.push(time);
  process.stdout.write(`${Buffer.concat(said)}${time}\n`);
  return code === 0;
}
