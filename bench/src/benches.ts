import * as clock from './clock/run.ts';
import * as growth from './growth/run.ts';
import * as matchmaking from './matchmaking/run.ts';
import { OptionsError } from './options.ts';
import * as page from './page/run.ts';
import * as replication from './replication/run.ts';
import * as simulation from './simulation/run.ts';
import * as sizing from './sizing/run.ts';

/** Something that can be measured. */
interface Bench {
  /** In one line. */
  about: string;
  /** @throws OptionsError when the command line is wrong */
  run(args: string[]): Promise<void>;
}

const benches: Record<string, Bench> = {
  simulation,
  matchmaking,
  clock,
  replication,
  sizing,
  page,
  growth,
};

/** @throws OptionsError that lists the benches, when there is none of this name */
export function findBench(name: string): Bench {
  const found = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (found) return found;
  throw new OptionsError(`There is no bench "${name}". ${listBenches()}`);
}

/** All of them, with what each measures. */
export const listBenches = (): string =>
  `Benches by name:\n\n${Object.entries(benches)
    .map(([name, { about }]) => `  npm run bench -- ${name}\n      ${about}\n`)
    .join('')}\nEach tells its options with --help.\n`;
