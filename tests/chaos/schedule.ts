import type { ServiceFault, ValkeyFault } from './history.ts';
import { Random } from './random.ts';

/** Which kinds of service there are, and how many of each. */
export const numbers = { gateway: 3, matchmaker: 2, 'game-ticker': 2 } as const;
export type Kind = keyof typeof numbers;

/** A fault that is to come. */
export interface PlannedFault {
  /** When, in ms since the beginning. */
  at: number;
  /** For instance `gateway 2` or `valkey`. */
  target: string;
  what: ServiceFault | ValkeyFault;
  /** How long it lasts, in ms; for `kill` and `restart` how long until the process is started again. */
  forMs: number;
  /** By how much every byte is late, in ms; 0 but for delays. */
  delayMs: number;
}

/** Quiet between two faults of one kind of service, least and most in ms, on top of what `recoveryMs` takes. */
const quietMs = [0, 600] as const;
const deadMs = [0, 1_500] as const;
const asleepMs = [300, 5_000] as const;
const stalledMs = [300, 3_000] as const;
const delayedForMs = [500, 4_000] as const;
const delayMs = [20, 300] as const;
/** What a process takes to be ready again, in ms, on a busy machine. */
const startMs = 1_300;
/** So long after a service is well again another of its kind may fail, in ms: until then two failures may be felt. */
export const recoveryMs = 1_500;

const valkeyEveryMs = [13_000, 18_000] as const;
const valkeyDeadMs = [0, 3_000] as const;
/** Before a fault of Valkey the others are to be well, and after it they need as long to find it again, in ms. */
const calmAroundValkeyMs = 1_500;
/** The first seconds are without faults, in ms, so that everybody is there. */
const beginMs = 2_000;

const weights: Record<Kind, Partial<Record<ServiceFault, number>>> = {
  gateway: {
    ...{ kill: 22, restart: 10, sleep: 14, cut: 12, delay: 10, stall: 10 },
    ...{ 'cut players': 8, 'delay players': 8, 'stall players': 6 },
  },
  matchmaker: { kill: 25, restart: 10, sleep: 25, cut: 15, delay: 12, stall: 13 },
  'game-ticker': { kill: 25, restart: 10, sleep: 25, cut: 15, delay: 12, stall: 13 },
};
/** What fails is one node, or a cluster that has no links and takes its time to put another node in a primary's place. */
export type ValkeyKind = 'node' | 'cluster';
const valkeyWeights: Record<ValkeyKind, Partial<Record<ValkeyFault, number>>> = {
  node: { kill: 40, restart: 25, sleep: 35 },
  cluster: { kill: 35, restart: 20, sleep: 20, reshard: 25 },
};
const onLinksToValkey: readonly ServiceFault[] = ['cut', 'delay', 'stall'];
/** What a cluster takes to be whole again after a fault, in ms, besides the time that the fault lasts. */
const healMs: Record<ValkeyKind, number> = { node: 0, cluster: 6_000 };

/**
 * All faults of a run, decided up front: the same seed and length make the same. One of each kind of service always
 * works, and while Valkey is out nothing else begins to fail.
 *
 * @param lengthMs how long the run is; in its last seconds nothing begins to fail any more
 */
export function scheduleOf(seed: number, lengthMs: number, valkey: ValkeyKind = 'node'): PlannedFault[] {
  const outages = valkeyFaults(new Random(seed), lengthMs, valkey);
  const kinds = Object.keys(numbers) as Kind[];
  const services = kinds.flatMap((kind, i) =>
    serviceFaults(kind, new Random(seed + 1 + i), lengthMs, outages, valkey),
  );
  return [...outages, ...services].sort((a, b) => a.at - b.at || a.target.localeCompare(b.target));
}

/** Until when the planned fault is felt, in ms since the beginning. */
function wellAgainAt({ at, what, forMs }: PlannedFault): number {
  return at + forMs + (what === 'kill' || what === 'restart' ? startMs : 0);
}

function valkeyFaults(random: Random, lengthMs: number, kind: ValkeyKind): PlannedFault[] {
  const faults: PlannedFault[] = [];
  for (
    let at = beginMs + random.between(3_000, 12_000);
    at < lengthMs;
    at += random.between(...valkeyEveryMs) + healMs[kind]
  ) {
    const what = random.weighted(valkeyWeights[kind]);
    const [least, most] = what === 'sleep' ? asleepMs : valkeyDeadMs;
    const forMs = Math.round(random.between(least, most));
    const target = what === 'reshard' ? 'slots' : 'valkey';
    faults.push({ at: Math.round(at), target, what, forMs, delayMs: 0 });
  }
  return faults;
}

function serviceFaults(
  kind: Kind,
  random: Random,
  lengthMs: number,
  outages: PlannedFault[],
  valkey: ValkeyKind,
): PlannedFault[] {
  const possible = Object.fromEntries(
    Object.entries(weights[kind]).filter(
      ([what]) => valkey === 'node' || !onLinksToValkey.includes(what as ServiceFault),
    ),
  ) as Partial<Record<ServiceFault, number>>;
  const faults: PlannedFault[] = [];
  let at = beginMs + random.between(0, 1_000);
  while (at < lengthMs) {
    const what = random.weighted(possible);
    const fault: PlannedFault = {
      at: Math.round(at),
      target: `${kind} ${Math.floor(random.between(1, numbers[kind] + 1))}`,
      what,
      forMs: 0,
      delayMs: 0,
    };
    fault.forMs = Math.round(lengthOf(what, random));
    if (what.startsWith('delay')) fault.delayMs = Math.round(random.between(...delayMs));
    const until = wellAgainAt(fault);
    const outage = outages.find(
      (each) =>
        at < wellAgainAt(each) + healMs[valkey] + calmAroundValkeyMs && until + calmAroundValkeyMs > each.at,
    );
    if (outage) {
      // Not left out, or the long ones would be rare: it comes when Valkey is back.
      at = wellAgainAt(outage) + healMs[valkey] + calmAroundValkeyMs + random.between(...quietMs);
      continue;
    }
    if (until < lengthMs) faults.push(fault);
    at = until + recoveryMs + random.between(...quietMs);
  }
  return faults;
}

function lengthOf(what: ServiceFault, random: Random): number {
  if (what === 'kill') return random.between(...deadMs);
  if (what === 'sleep') return random.between(...asleepMs);
  if (what.startsWith('delay')) return random.between(...delayedForMs);
  if (what.startsWith('stall')) return random.between(...stalledMs);
  // A restart begins again at once, and a cut is over at once.
  return 0;
}
