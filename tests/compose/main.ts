/**
 * What `npm run compose:smoke` runs: Compose's stack, scaled, with matches through its front door while containers are
 * killed; then the chaos' checker judges them.
 */
import { createLog } from '@overcookied/shared/log.ts';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { check } from '../chaos/checker.ts';
import type { Fault, History } from '../chaos/history.ts';
import { play } from '../chaos/play.ts';
import { Progress } from '../chaos/progress.ts';
import { Random } from '../chaos/random.ts';
import { type Numbers, numbersOf, table, tooFewMatches } from '../chaos/report.ts';
import { rules } from '../chaos/run.ts';
import { tellViolations } from '../chaos/telling.ts';
import { OptionsError } from '../support/command-line.ts';
import { calm, killInTurn } from './kills.ts';
import { type Options, readOptions, usage } from './options.ts';
import { Stack, scale } from './stack.ts';

const mostErrorsTold = 5;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else process.exitCode = await smoke(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

/** @returns the exit code */
async function smoke(options: Options): Promise<number> {
  const { stop, kill } = stopSignals();
  const stack = await Stack.find(rules);
  kill.addEventListener('abort', () => {
    print(`left behind; to take it down: ${stack.downCommand}`);
    process.exit(1);
  });
  stop.addEventListener('abort', () => print('stopping: takes the stack down; Ctrl-C once more leaves it'));
  try {
    print(
      `builds the images and starts ${scale.gateway} gateways and ${scale['game-ticker']} tickers: the first time it takes minutes`,
    );
    await stack.up(options, stop);
    print(`up at http://127.0.0.1:${stack.port}`);
    return await judge(stack, options, stop);
  } catch (error) {
    if (!stop.aborted) throw error;
    return 1;
  } finally {
    await stack.down();
    print('everything is taken down');
  }
}

/** @returns the exit code */
async function judge(stack: Stack, options: Options, stop: AbortSignal): Promise<number> {
  const { history, sockets } = await playThrough(stack, options, stop);
  const violations = check(history);
  const errors = await stack.errors();
  const numbers: Numbers = new Map([
    ['players at each gateway, before the first kill', sockets.join(', ')],
    ...numbersOf(history, 0),
  ]);
  print(`\n${table(numbers, violations.length)}`);
  for (const { level, msg, ...fields } of errors.slice(0, mostErrorsTold)) {
    print(`a service logged: ${level} ${msg} ${JSON.stringify(fields).slice(0, 500)}`);
  }
  const lacks = tooLittle(numbers, history, sockets);
  if (lacks) print(`it proves nothing: ${lacks}`);
  await tellViolations(violations, history, print);
  const isWell = violations.length === 0 && errors.length === 0 && !lacks;
  print(isWell ? 'every match ended rightly' : 'NOT every match ended rightly, or it cannot be told');
  return isWell ? 0 : 1;
}

async function playThrough(
  stack: Stack,
  { minutes, seed, bots }: Options,
  stop: AbortSignal,
): Promise<{ history: History; sockets: number[] }> {
  const lengthMs = minutes * 60_000;
  const faults: Fault[] = [];
  const progress = new Progress(lengthMs);
  const valkey = connectValkey(await stack.valkeyUrl(), createLog('smoke', 'silent'));
  let sockets: number[] = [];
  try {
    await whenReady(valkey);
    const history = await play({
      ...{ seed, lengthMs, bots, rules, valkey, faults, stop },
      isRestless: false,
      // The engine gives containers less of a busy machine than this process has.
      witnesses: stack.containers.map(
        (container) => async () => (await fetch(`${container.url}/livez`)).text(),
      ),
      // Whoever stops it wants it gone, and no verdict.
      broken: stop,
      logins: [`http://127.0.0.1:${stack.port}`],
      pickGateway: () => ({ name: 'gateway', url: `ws://127.0.0.1:${stack.port}` }),
      // Kills do.
      breakConnections: () => {},
      fail: async (signal) => {
        await calm(signal);
        sockets = await stack.sockets();
        await killInTurn(stack, new Random(seed), lengthMs, faults, signal);
      },
      started: (running) => progress.start(running),
    });
    return { history, sockets };
  } finally {
    progress.stop();
    valkey.disconnect();
  }
}

/** @returns what there was too little of to prove anything; undefined if nothing */
function tooLittle(numbers: Numbers, history: History, sockets: number[]): string | undefined {
  const { faults, connections } = history;
  if (sockets.some((players) => players === 0))
    return 'a gateway had no player, so there is nothing to fail over';
  for (const service of Object.keys(scale)) {
    if (!faults.some(({ target }) => target === service)) return `no ${service} was killed`;
  }
  if (!connections.some(({ openAt, code }) => openAt > 0 && code === 1_006)) return 'no player felt it';
  return tooFewMatches(numbers, history);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
