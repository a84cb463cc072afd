import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { primaries, type Valkey } from '@overcookied/shared/valkey.ts';
// Its scripts are to be known by their names.
import '../../../services/game-ticker/src/ticker.ts';
import { onStage, progress, type Stage } from '../stage.ts';
import { type Commands, CommandTap } from './command-tap.ts';
import { lifeMs, Population } from './population.ts';
import { Witness } from './witness.ts';

/** After all matches are on, until it is counted, in ms: the first golden cookies come after 5 to 10 s. */
const settleMs = 8_000;

/**
 * What a ticker asks Valkey for:
 * - `due`: to know which matches need their clock, and to say when they need it next
 * - `advance`: to have a golden cookie come or a match end
 * - `result`: to read how an ended match went, and to let go of it
 * - `records`: to record results, most of it BullMQ's; in production on a Valkey of its own
 * - `upkeep`: signs of life, the time, dead gateways; it does not grow with matches
 */
export type Purpose = 'due' | 'advance' | 'result' | 'records' | 'upkeep';

export interface ClockTrafficOptions {
  /** How many matches are on. What a look costs is shared by all that are due. */
  matches: number;
  tickers: number;
  /** For how long it is counted, in seconds. */
  seconds: number;
}

/** Everything that tickers have Valkey do where nobody clicks, for each minute that is played: one match. */
export interface ClockTraffic extends ClockTrafficOptions {
  byPurpose: Record<Purpose, Commands>;
  /** The clock alone: `due` and `advance`. */
  clock: Commands;
  /** What the tickers sent to Valkey and heard from it in all, in bytes. */
  bytesIn: number;
  bytesOut: number;
}

const defaults: ClockTrafficOptions = { matches: 1_000, tickers: 1, seconds: 15 };

/**
 * Counts what the clock asks of Valkey, under the default rules, with a Valkey of its own, in about half a minute.
 *
 * @param stop ends it when it is aborted
 * @throws Error when a match could not be made, or Valkey is older than 8
 */
export function clockTraffic(
  stop: AbortSignal,
  options: Partial<ClockTrafficOptions> = {},
): Promise<ClockTraffic> {
  return onStage({}, stop, (stage) => count(stage, { ...defaults, ...options }));
}

async function count(stage: Stage, options: ClockTrafficOptions): Promise<ClockTraffic> {
  const { matches, tickers, seconds } = options;
  const { valkey, subscriber } = stage;
  const others = new Set((await connectionsOf(valkey)).keys());
  await Promise.all(Array.from({ length: tickers }, () => stage.start('game-ticker')));
  progress(`what the clock of ${matches} matches asks of Valkey`);
  const population = new Population(valkey, new Witness(valkey, subscriber), {
    matches: 0,
    perWitnessed: Number.POSITIVE_INFINITY,
    rules: defaultRules,
    seed: 1,
  });
  population.start();
  await population.growTo(matches);
  await sleep(settleMs);
  const theirs = async () => [...(await connectionsOf(valkey))].filter(([id]) => !others.has(id));
  const before = await theirs();
  const addresses = new Set(before.map(([, { address }]) => address));
  const [node] = primaries(valkey);
  if (!node) throw new Error('there is no Valkey to listen to');
  const tap = await CommandTap.open(node, addresses, purposeOf);
  await sleep(1_000 * seconds);
  tap.close();
  const after = new Map(await theirs());
  population.takeLateness();
  await population.stop();

  const minutes = (1_000 * seconds * matches) / lifeMs(defaultRules);
  const per = (purpose: Purpose): Commands => {
    const { sent = 0, inScripts = 0 } = tap.seen.get(purpose) ?? {};
    return { sent: sent / minutes, inScripts: inScripts / minutes };
  };
  const [due, advance] = [per('due'), per('advance')];
  const bytes = (field: 'bytesIn' | 'bytesOut') =>
    before.reduce((sum, [id, then]) => sum + (after.get(id)?.[field] ?? then[field]) - then[field], 0) /
    minutes;
  return {
    ...options,
    byPurpose: { due, advance, result: per('result'), records: per('records'), upkeep: per('upkeep') },
    clock: { sent: due.sent + advance.sent, inScripts: due.inScripts + advance.inScripts },
    bytesIn: bytes('bytesIn'),
    bytesOut: bytes('bytesOut'),
  };
}

/** What a ticker's command is for. @param name as `nameOf` has it @param key its first */
export function purposeOf(name: string, key: string): Purpose {
  if (key.startsWith('overcookied:due:')) return 'due';
  if (name === 'match_advance') return 'advance';
  if (key.startsWith('overcookied:game:')) return 'result';
  return /^overcookied:(jobs|player|history|leaderboard|replay):|^\{overcookied:leaderboard/.test(key)
    ? 'records'
    : 'upkeep';
}

/** A connection to Valkey, as `CLIENT LIST` has it. */
interface Connection {
  address: string;
  bytesIn: number;
  bytesOut: number;
}

/** All connections that there are, by their ids. */
export async function connectionsOf(valkey: Valkey): Promise<Map<string, Connection>> {
  const lines = String(await valkey.call('CLIENT', 'LIST'))
    .trim()
    .split('\n');
  return new Map(
    lines.map((line) => {
      const [id, address, bytesIn, bytesOut] = ['id', 'addr', 'tot-net-in', 'tot-net-out'].map(
        (field) => line.match(new RegExp(`(?:^| )${field}=(\\S+)`))?.[1],
      );
      if (!id || !address || !bytesIn || !bytesOut)
        throw new Error(`only Valkey 8 and newer tell what a connection has sent; this one says: ${line}`);
      return [id, { address, bytesIn: Number(bytesIn), bytesOut: Number(bytesOut) }];
    }),
  );
}
