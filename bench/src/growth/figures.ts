import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const Figure = z.strictObject({
  value: z.number().check(z.positive()),
  unit: z.string().check(z.minLength(1)),
  /** Where it was measured, is set, or was said. */
  source: z.string().check(z.minLength(1)),
});

/** What a call on a hot key costs its slot when many come at once, and when each comes alone, in µs. */
const Slot = z
  .strictObject({
    crowd: z.number().check(z.positive()),
    alone: z.number().check(z.positive()),
    unit: z.string(),
    source: z.string(),
  })
  .check(z.refine(({ crowd, alone }) => crowd <= alone, 'costs more in a crowd than alone'));

const figures = <Name extends string>(...names: Name[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, Figure])) as Record<Name, typeof Figure>);

const share = z.number().check(z.minimum(0), z.maximum(1));

/** What players do, as shares of all who are connected. */
const Mix = z
  .strictObject({
    name: z.string(),
    inMatch: share,
    waiting: share,
    /** Of a player while the match is on. */
    clicksPerSecond: z.number().check(z.nonnegative()),
    source: z.string(),
  })
  .check(z.refine(({ inMatch, waiting }) => inMatch + waiting <= 1, 'more than all players'));
export type Mix = z.infer<typeof Mix>;

const prices = figures(
  ...([
    'hoursPerMonth',
    'regionFactor',
    'controlPlane',
    'node',
    'diskGb',
    'nodeDiskGb',
    'valkeyNode',
  ] as const),
  ...(['natGateway', 'loadBalancer', 'capacityUnit', 'unitConnections', 'unitGigabytes'] as const),
  ...(['alarms', 'secrets', 'internetGb', 'otherZoneGb'] as const),
);

const Figures = z.strictObject({
  costs: figures(
    ...(['connectedUs', 'waitingUs', 'eventUs', 'recordUs', 'presenceBytes', 'ticketBytes'] as const),
    ...(['matchBytes', 'endedMatchBytes', 'replayBytes', 'accountBytes', 'gatewayConnections'] as const),
    ...(['matchmakerConnections', 'tickerConnections', 'headerBytes'] as const),
    ...(['slotMapBytes', 'slotMapsPerSecond'] as const),
  ),
  slots: z.strictObject({ results: Slot, queue: Slot, wake: Slot, board: Slot, due: Slot, gateways: Slot }),
  settings: figures(
    ...(['busiest', 'socketsPerGateway', 'gatewayCores', 'matchmakerCores', 'tickerCores'] as const),
    ...(['eventsPerTicker', 'leastPods', 'mostGateways', 'mostTickers', 'mostShards', 'replicas'] as const),
    ...(['zones', 'nodeCores', 'shardGigabytes', 'fullest', 'endedKeptSeconds', 'replayDays'] as const),
    ...(['beatsPerSecond', 'dueSets', 'cellPlayers'] as const),
  ),
  limits: figures('quotaNodes', 'mostNodes', 'targets', 'nodeConnections', 'busNodes', 'pods'),
  prices: z.strictObject({ ...prices.shape, date: z.iso.date(), region: z.string(), source: z.string() }),
  assumed: figures('pauseSeconds', 'peakToAverage', 'accountsPerPlayer'),
  mixes: z.array(Mix).check(z.minLength(1)),
});
export type Figures = z.infer<typeof Figures>;

/** What the model reckons with and does not measure itself. @throws Error that names what is missing or wrong */
export async function readFigures(): Promise<Figures> {
  return Figures.parse(JSON.parse(await readFile(new URL('figures.json', import.meta.url), 'utf8')));
}
