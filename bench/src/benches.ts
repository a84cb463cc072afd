import * as clock from './clock/run.ts';
import * as gateway from './gateway/run.ts';
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
  gateway,
  page,
  growth,
};

/** @throws OptionsError that lists the benches, when there is none of this name */
export function findBench(name: string | undefined): Bench {
  const found = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (found) return found;
  const list = Object.entries(benches).map(
    ([each, { about }]) => `  npm run bench -- ${each}\n      ${about}`,
  );
  throw new OptionsError(
    `${name === undefined ? 'Say which bench to run' : `There is no bench "${name}"`}:\n\n${list.join('\n')}\n\nEach tells its options with --help.`,
  );
}
