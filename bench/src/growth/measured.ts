import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';

/** When, where and of what something was measured. */
const Taken = z.object({
  at: z.string(),
  commit: z.string(),
  machine: z.string(),
  /** Load average over a minute when it began and when it ended. */
  loadBefore: z.number(),
  loadAfter: z.number(),
});

const series = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.object({ taken: Taken, points: z.array(z.object(shape)).check(z.minLength(1)) });

const number = z.number().check(z.nonnegative());

/** Players who play whole matches on a cluster, over a whole cycle: sums over all of them, by how fast they click. */
const play = {
  ...{ players: number, seconds: number, clicks: number, shards: number },
  ...{ gatewaySeconds: number, valkeySeconds: number, valkeyCommands: number },
  ...{ valkeyBytesIn: number, valkeyBytesOut: number, downBytes: number, upBytes: number },
  ...{ downPackets: number, upPackets: number },
};
const sockets = {
  ...{ sockets: number, clicksPerSecond: number, restUs: number, clickUs: z.number() },
  ...{ valkeyUs: z.number(), residentMb: number, p50: number, p99: number },
};
const shards = {
  ...{ shards: number, clicksPerSecond: number, perConnection: number },
  ...{ gatewayUs: z.number(), valkeyUs: z.number(), replicaUs: z.number(), p50: number, p99: number },
};
const shard = { clicksPerSecond: number, busy: number, p50: number, p99: number, judged: number };
const drain = {
  players: number,
  pairs: number,
  passes: number,
  seconds: number,
  matchmakerUs: number,
  valkeyUs: number,
};
const feed = {
  joinsPerSecond: number,
  busy: number,
  pairsPerPass: number,
  p50: number,
  p99: number,
  lateP99: number,
};

/** What `--measure` measures, by its parts; each of them says in `bench/src/growth/measure` what its figures are. */
export const Measured = z.object({
  play: series(play),
  sockets: series(sockets),
  shards: series(shards),
  shard: series(shard),
  feed: series(feed),
  // Takes longest.
  drain: series(drain),
});
export type Measured = z.infer<typeof Measured>;
export type Part = keyof Measured;
export const parts = Object.keys(Measured.shape) as Part[];

const file = new URL('../../../docs/growth/measured.json', import.meta.url);

/** @throws Error when a part was never measured, or the file is not what `--measure` writes */
export async function readMeasured(): Promise<Measured> {
  return Measured.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Puts one part in the place of what was measured of it before. */
export async function writePart<Name extends Part>(part: Name, measured: Measured[Name]): Promise<void> {
  const before = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  const all = Object.fromEntries(
    parts.flatMap((name) => {
      const value = name === part ? measured : before[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  await writeFile(file, `${JSON.stringify(all, digits, 2)}\n`);
}

/** More than five digits of what was measured say nothing. */
const digits = (_key: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;
