/**
 * What `npm run rolling` runs: bots play through HAProxy while the gateways behind it are replaced one by one; then the
 * chaos' checker, which is told of no fault to excuse anything by, judges whether anybody noticed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@overcookied/shared/log.ts';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { findHaproxy } from '../../dev/haproxy/haproxy.ts';
import { startValkey } from '../../dev/valkey/valkey.ts';
import { check } from '../chaos/checker.ts';
import { Evidence } from '../chaos/evidence.ts';
import type { History } from '../chaos/history.ts';
import { play } from '../chaos/play.ts';
import { type Numbers, numbersOf, table, tooFewMatches } from '../chaos/report.ts';
import { rules as chaosRules } from '../chaos/run.ts';
import { tellViolations } from '../chaos/telling.ts';
import { copyWorkspace } from '../chaos/workspace.ts';
import { OptionsError } from '../support/command-line.ts';
import { everyClick } from './every-click.ts';
import { FrontDoor } from './front-door.ts';
import { type Gap, gapsIn, percentile } from './gaps.ts';
import { type Options, readOptions, usage } from './options.ts';
import { Fleet, gatewayCount, type Replacement } from './roll.ts';

/** Longer than it takes to replace a gateway, so that most matches have moved while they were on. */
const rules = { ...chaosRules, matchMs: 12_000 };
/** Of a hundred players who are sent elsewhere ninety-nine have a socket again within so many ms. */
const mostGapMs = 2_000;
const mostErrorsTold = 5;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else process.exitCode = await rolling(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

/** @returns the exit code */
async function rolling(options: Options): Promise<number> {
  const { stop, kill } = stopSignals();
  kill.addEventListener('abort', () => process.exit(1));
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-rolling-'));
  print(`${options.bots} bots, seed ${options.seed}; ${gatewayCount} gateways are replaced one by one`);
  try {
    return await judge(options, await playWhileRolling(dir, options, stop));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

interface Played {
  history: History;
  replacements: Replacement[];
  errors: Fleet['errors'];
}

/** Leaves nothing running. */
async function playWhileRolling(dir: string, { bots, seed }: Options, stop: AbortSignal): Promise<Played> {
  const program = await findHaproxy();
  const root = join(dir, 'services');
  await copyWorkspace(root, []);
  const server = await startValkey({ dir: join(dir, 'valkey'), persist: false });
  const env = {
    VALKEY_URL: server.url,
    JWT_SECRET: 'a secret of the rolling deploy known to all',
    RULES: JSON.stringify(rules),
    PRACTICE_AFTER_MS: 'off',
  };
  const fleet = new Fleet({ root, env });
  const valkey = connectValkey(server.url, createLog('rolling', 'silent'));
  let door: FrontDoor | undefined;
  try {
    await Promise.all([whenReady(valkey), fleet.start()]);
    const front = await FrontDoor.start(program, dir, fleet.gatewayPorts);
    door = front;
    await Promise.all(fleet.gatewayPorts.slice(0, gatewayCount).map((port) => front.knows(port)));
    const replacements: Replacement[] = [];
    const history = await play({
      ...{ seed, bots, rules, valkey, stop },
      // It takes as long as the replacements do.
      lengthMs: 0,
      isRestless: false,
      witnesses: [],
      broken: stop,
      faults: [],
      logins: [`http://127.0.0.1:${front.port}`],
      pickGateway: () => ({ name: 'haproxy', url: `ws://127.0.0.1:${front.port}` }),
      breakConnections: () => {},
      fail: (signal) =>
        fleet.roll(front, signal, (replacement) => {
          replacements.push(replacement);
          const { moved, tookMs, exit, arrived } = replacement;
          print(
            `replaced ${replacements.length}: ${moved} players sent elsewhere, gone after ${tookMs} ms (exit code ${exit}), ${arrived} players at the new one`,
          );
        }),
      started: () => {},
    });
    return { history, replacements, errors: fleet.errors };
  } finally {
    await Promise.all([fleet.stop(), door?.stop()]);
    valkey.disconnect();
    await server.stop();
  }
}

/** @returns the exit code */
async function judge({ bots, seed }: Options, { history, replacements, errors }: Played): Promise<number> {
  const violations = [...check(history), ...everyClick(new Evidence(history))];
  const gaps = gapsIn(history);
  const numbers: Numbers = new Map([...numbersOf(history, 0), ...numbersOfGaps(gaps)]);
  print(`\n${table(numbers, violations.length)}`);
  for (const { level, msg, ...fields } of errors.slice(0, mostErrorsTold)) {
    print(`a service logged: ${level} ${msg} ${JSON.stringify(fields).slice(0, 500)}`);
  }
  // Where the machine was too busy to run anything, a client may have given a silent connection up by itself.
  const cutOff = gaps.filter(({ code, from, until, ms }) => code !== 1_012 && ms === until - from);
  const faults = [
    ...replacements.filter(({ exit }) => exit !== 0).map(({ exit }) => `a gateway ended with ${exit}`),
    ...replacements.filter(({ arrived }) => arrived === 0).map(() => 'a new gateway has nobody'),
    ...(percentile(
      gaps.map(({ ms }) => ms),
      0.99,
    ) > mostGapMs
      ? [`more than one player in a hundred had no socket for more than ${mostGapMs} ms`]
      : []),
    ...(cutOff.length > 0 ? [`${cutOff.length} connections ended without 1012`] : []),
    ...(errors.length > 0 ? [`services logged ${errors.length} errors`] : []),
  ];
  for (const fault of faults) print(`NOT as it should be: ${fault}`);
  // All gateways are replaced, so that everybody is moved who had a connection by then.
  const moved = new Set(gaps.filter(({ code }) => code === 1_012).map(({ player }) => player)).size;
  const lacks =
    tooFewMatches(numbers, history) ??
    (moved < bots / 2 ? `${moved} players were moved, of ${bots}` : undefined);
  if (lacks) print(`too little happened to prove anything: ${lacks}`);
  await tellViolations(violations, history, print);
  print(`again: npm run rolling -- --bots ${bots} --seed ${seed}`);
  return violations.length > 0 || faults.length > 0 || lacks ? 1 : 0;
}

function numbersOfGaps(gaps: readonly Gap[]): Numbers {
  const row = (values: number[]) => [0.5, 0.99, 1].map((share) => percentile(values, share)).join(', ');
  return new Map<string, string | number>([
    ['times without a socket', gaps.length],
    ['ms without one: p50, p99, max', row(gaps.map(({ from, until }) => until - from))],
    ['the same without what the machine was too busy', row(gaps.map(({ ms }) => ms))],
  ]);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
