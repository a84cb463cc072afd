import { loadavg } from 'node:os';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import * as z from 'zod/mini';
import { type Runtime, runtimes } from '../../../dev/system/runtimes.ts';
import { measureClicks } from '../contenders/clicks.ts';
import { Contender } from '../contenders/contender.ts';
import { type MemoryOptions, measureMemory } from '../contenders/memory.ts';
import { machine } from '../machine.ts';
import { figure } from '../markdown.ts';
import { flag, number, numbers, readOptions } from '../options.ts';
import { onStage, progress, type Stage } from '../stage.ts';
import { valkeyVersion } from '../valkey-load.ts';
import { gatewayReport, type Measured } from './report.ts';

export const about =
  'what sockets and clicks cost two gateways on each runtime, beside the least that could relay them';

const usage = `Measures two gateways as processes, with a Valkey of their own, and beside them the floor: a bare ws server
that relays each frame through one sharded publish. About thirteen minutes. Linux only.

  npm run bench -- gateway [options]

  --runtimes LIST   which of node, bun and deno (default all that start)
  --only PART       memory or clicks (default both)
  --sockets N       memory: how many over both gateways, 100 to 16000 (default 10000)
  --rates LIST      clicks: how many a second, each 10 to 20000 (default 500,2000,8000)
  --per-player N    clicks: how many a second each player makes, 1 to 100 (default 10)
  --seconds N       clicks: for so long in each round, 1 to 60 (default 5)
  --rounds N        clicks: how many rounds, 1 to 20; memory has half as many (default 5)
  --quick           3 minutes: 4000 sockets, 1 round, 2 seconds; says little of memory
`;

/** Before anything is measured, so that code is compiled, as that of processes is that run for days. */
const warmUpRate = 4_000;

const Runtimes = z.pipe(
  z.string(),
  z.transform((list, context): Runtime[] =>
    list.split(',').map((name) => {
      const runtime = runtimes.find((each) => each === name);
      if (!runtime) {
        const message = `must be a list like node,bun out of ${runtimes.join(', ')}, got "${name}"`;
        context.issues.push({ code: 'custom', message, input: list });
      }
      return runtime ?? 'node';
    }),
  ),
);

const Options = z.object({
  runtimes: z._default(Runtimes, [...runtimes]),
  only: z.optional(z.enum(['memory', 'clicks'])),
  sockets: z.optional(number({ least: 100, most: 16_000, whole: true })),
  rates: z._default(numbers({ least: 10, most: 20_000, whole: true }), [500, 2_000, 8_000]),
  'per-player': z._default(number({ least: 1, most: 100 }), 10),
  seconds: z.optional(number({ least: 1, most: 60 })),
  rounds: z.optional(number({ least: 1, most: 20, whole: true })),
  quick: flag,
});

export async function run(args: string[]): Promise<void> {
  const options = readOptions(args, Options, usage);
  const defaults = options.quick
    ? { sockets: 4_000, seconds: 2, rounds: 1, settleMs: 3_000, warmUpSeconds: 3 }
    : { sockets: 10_000, seconds: 5, rounds: 5, settleMs: 10_000, warmUpSeconds: 8 };
  const { settleMs, warmUpSeconds } = defaults;
  const { sockets = defaults.sockets, seconds = defaults.seconds, rounds = defaults.rounds } = options;
  const clicksPerPlayer = options['per-player'];
  const { stop } = stopSignals();
  // Everything goes before whatever else runs here, as on machines of their own.
  await onStage({ areServicesFirst: true }, stop, async (stage) => {
    process.stdout.write(machine(await valkeyVersion(stage.valkey), stage.isValkeyFirst));
    const all: Measured[] = [];
    for (const name of ['floor', ...options.runtimes] as const)
      if (await doesStart(stage, name)) all.push({ name, memory: [], clicks: [] });
    if (options.only !== 'clicks')
      await memoryRounds(stage, all, { sockets, settleMs }, Math.ceil(rounds / 2));
    if (options.only !== 'memory')
      await clickRounds(stage, all, {
        ...{ rates: options.rates, clicksPerPlayer, seconds, rounds },
        warmUpSeconds,
      });
    process.stdout.write(`Memory with ${figure(sockets)} sockets over two processes, in use by them (RSS) less what they used before. Each player
clicks ${figure(clicksPerPlayer)} times a second; opponents are at different processes.

${gatewayReport(all)}
Load averages at the end: ${loadavg()
      .map((value) => value.toFixed(1))
      .join(', ')}.
`);
  });
}

async function doesStart(stage: Stage, name: Measured['name']): Promise<boolean> {
  try {
    await (await Contender.start(stage, name)).stop();
    return true;
  } catch (error) {
    if (name === 'floor') throw error;
    process.stdout.write(
      `Not measured, since it does not start here: ${name}. ${(error as Error).message}\n`,
    );
    return false;
  }
}

async function memoryRounds(
  stage: Stage,
  all: Measured[],
  options: MemoryOptions,
  rounds: number,
): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    for (const { name, memory } of all) {
      progress(`memory, round ${round} of ${rounds}: ${name}`);
      memory.push(await measureMemory(stage, name, options));
    }
  }
}

interface ClickRounds {
  rates: number[];
  clicksPerPlayer: number;
  seconds: number;
  rounds: number;
  warmUpSeconds: number;
}

async function clickRounds(
  stage: Stage,
  all: Measured[],
  { rates, clicksPerPlayer, seconds, rounds, warmUpSeconds }: ClickRounds,
): Promise<void> {
  const contenders: { contender: Contender; clicks: Measured['clicks'] }[] = [];
  for (const { name, clicks } of all)
    contenders.push({ contender: await Contender.start(stage, name), clicks });
  for (const { contender } of contenders) {
    progress(`clicks, until code is compiled: ${contender.name}`);
    await measureClicks(stage, contender, {
      clicksPerSecond: warmUpRate,
      clicksPerPlayer,
      seconds: warmUpSeconds,
    });
  }
  for (let round = 1; round <= rounds; round++) {
    for (const clicksPerSecond of rates) {
      for (const { contender, clicks } of contenders) {
        progress(`clicks, round ${round} of ${rounds}: ${clicksPerSecond} a second, ${contender.name}`);
        clicks.push(await measureClicks(stage, contender, { clicksPerSecond, clicksPerPlayer, seconds }));
      }
    }
  }
}
