import { loadavg } from 'node:os';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { nodeName, primaries } from '@overcookied/shared/valkey.ts';
import * as z from 'zod/mini';
import { machine } from '../machine.ts';
import { number, numbers, readOptions, seed } from '../options.ts';
import { onStage, progress } from '../stage.ts';
import { valkeyVersion } from '../valkey-load.ts';
import { measureConnections } from './connections.ts';
import { measureBoard, measureKeys } from './keys.ts';
import { onCluster, shards } from './on-cluster.ts';
import { measureOperations } from './operations.ts';
import { connectionsReport, costsReport, keysReport, loadsReport } from './report.ts';
import { measurePlay, measureSockets } from './sockets.ts';

export const about = 'what players, matches and records cost: memory, processor time, network, connections';

const usage = `Measures what docs/scale.md reckons with. About nine minutes.

  npm run bench -- sizing [options]

  --operations N  how many players go through everything one step at a time, 1000 to 1000000 (default 10000)
  --board N       how many are on a leaderboard, 1000 to 10000000 (default 1000000)
  --sockets LIST  how many are connected to one gateway, rising, each 1 to 20000 (default 1000,5000)
  --players N     how many play, 2 to 5000 (default 200)
  --cps LIST      how fast, in clicks a second, each 0.1 to 20 (default 0.1,5,8)
  --seed N        the same whole number makes the same players (default 1)
`;

const Options = z.object({
  operations: z._default(number({ least: 1_000, most: 1_000_000, whole: true }), 10_000),
  board: z._default(number({ least: 1_000, most: 10_000_000, whole: true }), 1_000_000),
  sockets: z._default(numbers({ least: 1, most: 20_000, whole: true }), [1_000, 5_000]),
  players: z._default(number({ least: 2, most: 5_000, whole: true }), 200),
  cps: z._default(numbers({ least: 0.1, most: 20 }), [0.1, 5, 8]),
  seed,
});

export async function run(args: string[]): Promise<void> {
  const { operations, board, sockets, players, cps, seed } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  const print = (title: string, text: string) => process.stdout.write(`\n## ${title}\n\n${text}`);
  await onStage({}, stop, async (stage) => {
    const { valkey, isValkeyFirst } = stage;
    process.stdout.write(machine(await valkeyVersion(valkey), isValkeyFirst));
    const [node] = primaries(valkey);
    if (!node) throw new Error('there is no Valkey');
    const options = { url: `valkey://${nodeName(node)}`, players: operations, seed };
    progress('what each operation costs');
    print('Operations', costsReport(await measureOperations(stage, options)));
    print('Keys', keysReport(await measureKeys(valkey, seed)));
    progress(`a board of ${board}`);
    print('Leaderboard', costsReport(await measureBoard(valkey, board)));
  });
  await onStage({}, stop, async (stage) => {
    const loads = await measureSockets(stage, sockets);
    print('Players', loadsReport([...loads, ...(await measurePlay(stage, { players, rates: cps, seed }))]));
  });
  await onCluster(stop, async (stage) => {
    print('Connections', connectionsReport(await measureConnections(stage)));
  });
  await onCluster(stop, async (stage) => {
    print(
      `Players, on a cluster of ${shards} shards`,
      loadsReport(await measurePlay(stage, { players, rates: cps.slice(-1), seed })),
    );
  });
  const load = loadavg().map((value) => value.toFixed(1));
  process.stdout.write(`\nLoad averages at the end: ${load.join(', ')}.\n`);
}
