/** What players cost a gateway, and what their matches cost everything else. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Crowd } from '@overcookied/bot/crowd.ts';
import { Stats } from '@overcookied/bot/stats.ts';
import { loginAsGuest } from '@overcookied/client/api.ts';
import { Player } from '@overcookied/client/player.ts';
import { runCommand } from '../../../dev/system/command.ts';
import { type Samples, sumOf } from '../prometheus.ts';
import type { Service } from '../service.ts';
import { progress, type Stage } from '../stage.ts';
import { type Figures, readFigures } from './figures.ts';

const loginsAtOnce = 50;
/** After the last has come, or has begun to do something else, in ms. */
const settleMs = 8_000;
const idleMs = 20_000;
/** One whole match, from being found to the next: the countdown, the match and the pause of a bot. */
const cycleMs = 66_000;
/** So that everybody is in a match, or about to be, in ms. */
const warmUpMs = 15_000;
/** So many that most matches have their players on two, as nearly all have where there are dozens. */
const gatewaysOfPlay = 4;
/** Whoever has gone loses their match, in ms, and some more. */
const graceMs = 13_000;

/** What was used by so many players of one kind over some seconds. */
export interface Load {
  what: string;
  players: number;
  seconds: number;
  clicks: number;
  /** Of all of them together. */
  gateways: ProcessLoad;
  gatewayCount: number;
  matchmaker: ProcessLoad | undefined;
  ticker: ProcessLoad | undefined;
  /** Differences, but for the memory and the clients, which are those at the end. */
  valkey: Figures;
  /** Between gateway and players; undefined where there is no `ss`. */
  wire: Wire | undefined;
}

interface ProcessLoad {
  cpuSeconds: number;
  residentBytes: number;
}

/** As TCP counts it. */
interface Wire {
  bytesOut: number;
  bytesIn: number;
  segmentsOut: number;
  segmentsIn: number;
}

interface PlayOptions {
  players: number;
  /** How fast, in clicks a second. */
  rates: number[];
  seed: number;
}

/** Where Valkey and services are: one, or a cluster. */
type Place = Pick<Stage, 'valkey' | 'start'>;

/** What players cost who are there, and wait, and do nothing else. */
export async function measureSockets(stage: Place, sockets: number[]): Promise<Load[]> {
  const gateway = await stage.start('gateway');
  const loads: Load[] = [await watch(stage, { gateways: [gateway] }, 'nobody', 0, idleMs)];
  const guests: Player[] = [];
  for (const count of sockets) {
    progress(`${count} sockets`);
    await connect(gateway.url, guests, count);
    await sleep(settleMs);
    loads.push(await watch(stage, { gateways: [gateway] }, 'connected', count, idleMs));
  }
  for (const guest of guests) guest.joinQueue();
  await sleep(settleMs);
  loads.push(await watch(stage, { gateways: [gateway] }, 'waiting', guests.length, idleMs));
  for (const guest of guests) guest.close();
  await gateway.stop();
  return loads;
}

/** What players cost who play. */
export async function measurePlay(stage: Place, { players, rates, seed }: PlayOptions): Promise<Load[]> {
  const loads: Load[] = [];
  const services = {
    gateways: await Promise.all(Array.from({ length: gatewaysOfPlay }, () => stage.start('gateway'))),
    matchmaker: [await stage.start('matchmaker')],
    ticker: [await stage.start('game-ticker')],
  };
  for (const cps of rates) {
    progress(`${players} players with ${cps} clicks a second`);
    const violations: string[] = [];
    const note = (what: string) => violations.push(what);
    const url = services.gateways.map((gateway) => gateway.url.replace(/^http/, 'ws'));
    const crowd = new Crowd({ players, cps, url, seed, stats: new Stats(), violated: note, note });
    await crowd.start();
    await sleep(warmUpMs);
    loads.push(await watch(stage, services, `playing, ${cps} clicks/s`, players, cycleMs));
    crowd.close();
    if (violations.length > 0) progress(`${violations.length} times something was amiss: ${violations[0]}`);
    await sleep(graceMs);
  }
  return loads;
}

async function connect(gateway: string, guests: Player[], count: number): Promise<void> {
  let left = count - guests.length;
  const some = async () => {
    while (left-- > 0) {
      const { token } = await loginAsGuest(gateway, 'Somebody');
      const player = new Player({ url: gateway.replace(/^http/, 'ws'), token });
      guests.push(player);
      await new Promise<void>((resolve) => player.on('status', ({ state }) => state === 'open' && resolve()));
    }
  };
  await Promise.all(Array.from({ length: loginsAtOnce }, some));
}

interface Services {
  gateways: Service[];
  matchmaker?: Service[];
  ticker?: Service[];
}

async function watch(
  stage: Place,
  services: Services,
  what: string,
  players: number,
  forMs: number,
): Promise<Load> {
  const before = await read(stage, services);
  await sleep(forMs);
  const after = await read(stage, services);
  const load = (name: keyof Services): ProcessLoad | undefined => {
    const [first, last] = [before.samples[name], after.samples[name]];
    if (!first || !last) return undefined;
    return {
      cpuSeconds: figureOf(last, 'process_cpu_seconds_total') - figureOf(first, 'process_cpu_seconds_total'),
      residentBytes: figureOf(last, 'process_resident_memory_bytes'),
    };
  };
  const gateways = load('gateways');
  if (!gateways) throw new Error('there is no gateway');
  const clicks = ({ samples }: Reading) => clicksOf(samples.gateways ?? []);
  return {
    what,
    players,
    seconds: (after.at - before.at) / 1_000,
    clicks: clicks(after) - clicks(before),
    gateways,
    gatewayCount: services.gateways.length,
    matchmaker: load('matchmaker'),
    ticker: load('ticker'),
    valkey: {
      ...after.valkey,
      ...difference(before.valkey, after.valkey, ['cpuSeconds', 'commands', 'bytesIn', 'bytesOut']),
    },
    wire: before.wire &&
      after.wire && {
        ...after.wire,
        ...difference(before.wire, after.wire, ['bytesIn', 'bytesOut', 'segmentsIn', 'segmentsOut']),
      },
  };
}

type Reading = Awaited<ReturnType<typeof read>>;

async function read({ valkey }: Place, services: Services) {
  const samples: Partial<Record<keyof Services, Samples>> = {};
  for (const [name, some] of Object.entries(services) as [keyof Services, Service[]][])
    samples[name] = (await Promise.all(some.map((service) => service.samples()))).flat();
  return {
    at: performance.now(),
    samples,
    valkey: await readFigures(valkey),
    wire: await readWire(services.gateways.map(({ url }) => new URL(url).port)),
  };
}

/** What a gateway's sockets have carried since they were opened: those that have been closed are not in it. */
async function readWire(ports: string[]): Promise<Wire | undefined> {
  const filter = ports.map((port) => `sport = :${port}`).join(' or ');
  const lines = await runCommand('ss', ['-tinHO', 'state', 'established', `( ${filter} )`]).catch(
    () => undefined,
  );
  if (lines === undefined) return undefined;
  const sum = (name: string) =>
    [...lines.matchAll(new RegExp(` ${name}:(\\d+)`, 'g'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return {
    bytesOut: sum('bytes_sent'),
    bytesIn: sum('bytes_received'),
    segmentsOut: sum('segs_out'),
    segmentsIn: sum('segs_in'),
  };
}

const clicksOf = (samples: Samples): number =>
  sumOf(
    samples.filter(({ labels }) => labels.includes('type="CLICK"')),
    'overcookied_frames_received_total',
  ) ?? 0;

function difference<Name extends string>(
  before: Record<Name, number>,
  after: Record<Name, number>,
  names: Name[],
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Record<Name, number>;
}

function figureOf(samples: Samples, name: string): number {
  const value = sumOf(samples, name);
  if (value === undefined) throw new Error(`a service does not tell ${name}`);
  return value;
}
