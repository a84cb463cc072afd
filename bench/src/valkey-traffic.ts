/** What goes in and out of Valkey. */
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isCluster } from '@overcookied/shared/valkey.ts';
import { monitor } from './monitor.ts';
import { fieldOf } from './valkey-load.ts';

export interface Traffic {
  /** That it sent: replies, and what is published once for each who hears it. */
  bytesOut: number;
  bytesIn: number;
  /** That it carried out, those inside scripts too. */
  commands: number;
}

/** What goes in and out while something is done, without what it takes to ask Valkey. */
export async function trafficDuring(valkey: Valkey, work: () => Promise<unknown>): Promise<Traffic> {
  const first = await readTraffic(valkey);
  const before = await readTraffic(valkey);
  await work();
  const after = await readTraffic(valkey);
  // A reading is in the next one; so the first two differ by what one takes.
  const of = (field: keyof Traffic) => after[field] - before[field] - (before[field] - first[field]);
  return { bytesOut: of('bytesOut'), bytesIn: of('bytesIn'), commands: of('commands') };
}

async function readTraffic(valkey: Valkey): Promise<Traffic> {
  const text = await valkey.info('stats');
  const of = (field: string) => Number(fieldOf(text, field));
  return {
    bytesOut: of('total_net_output_bytes'),
    bytesIn: of('total_net_input_bytes'),
    commands: of('total_commands_processed'),
  };
}

/**
 * Which commands came from clients and which from scripts, while something is done. Valkey sends each to us meanwhile,
 * so that its bytes and its time are not to be measured at once.
 *
 * @throws Error for a cluster
 */
export async function countCallers(
  valkey: Valkey,
  work: () => Promise<unknown>,
): Promise<{ clients: number; scripts: number }> {
  if (isCluster(valkey)) throw new Error('commands are counted on one node only');
  const counts = { clients: 0, scripts: 0 };
  const stop = await monitor(valkey, (_command, source) => {
    counts[source === 'lua' ? 'scripts' : 'clients']++;
  });
  try {
    await work();
  } finally {
    stop();
  }
  return counts;
}
