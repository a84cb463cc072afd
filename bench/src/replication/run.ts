import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@overcookied/bot/random.ts';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import * as z from 'zod/mini';
import { figure, ms, table } from '../markdown.ts';
import { number, readOptions, seed } from '../options.ts';
import { playRound, type Round } from './round.ts';

export const about = 'how many acknowledged clicks die with a primary, with and without WAIT_REPLICAS';

const usage = `Kills a primary under load again and again, and counts what its replica does not have.

  npm run bench -- replication [options]

  --rounds N      how many primaries die for each setting, 1 to 1000 (default 20)
  --players N     how many click at once, 1 to 1000 (default 50)
  --seed N        the same whole number kills after the same times (default 1)
`;

const Options = z.object({
  rounds: z._default(number({ least: 1, most: 1_000, whole: true }), 20),
  players: z._default(number({ least: 1, most: 1_000, whole: true }), 50),
  seed,
});

/** For how long players click before the primary dies, least and most, in ms. */
const clickingMs = [300, 1_500] as const;
const settings = [0, 1];

export async function run(args: string[]): Promise<void> {
  const { rounds, players, seed } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  const rows: string[][] = [];
  for (const waitReplicas of settings) {
    const random = new Random(seed);
    const results: Round[] = [];
    for (let i = 0; i < rounds; i++) {
      stop.throwIfAborted();
      const dir = await mkdtemp(join(tmpdir(), 'overcookied-bench-'));
      const forMs = random.between(...clickingMs);
      try {
        results.push(await playRound({ dir, players, waitReplicas, forMs }));
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    }
    rows.push(rowOf(waitReplicas, results));
  }
  process.stdout.write(table(head, rows));
}

const head = [
  'WAIT_REPLICAS',
  'primaries killed',
  'clicks acknowledged',
  'a second',
  'kills that lost any',
  'clicks lost',
  'most by one kill',
  'oldest lost (ms)',
];

function rowOf(waitReplicas: number, results: Round[]): string[] {
  const sum = (of: (round: Round) => number) => results.reduce((total, round) => total + of(round), 0);
  const acknowledged = sum((round) => round.acknowledged);
  return [
    String(waitReplicas),
    figure(results.length),
    figure(acknowledged),
    figure(acknowledged / (sum((round) => round.forMs) / 1_000)),
    figure(results.filter(({ lost }) => lost > 0).length),
    figure(sum(({ lost }) => lost)),
    figure(Math.max(...results.map(({ lost }) => lost))),
    ms(Math.max(...results.map(({ oldestMs }) => oldestMs))),
  ];
}
