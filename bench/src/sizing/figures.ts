import type { Valkey } from '@overcookied/shared/valkey.ts';
import { primaries } from '@overcookied/shared/valkey.ts';

/** What Valkey says of itself: sums since its start, and what it holds now. */
export interface Figures {
  cpuSeconds: number;
  commands: number;
  bytesIn: number;
  bytesOut: number;
  /** Memory that it uses, without what the allocator has free, in bytes. */
  usedBytes: number;
  clients: number;
}

/** Of one node. @throws Error when it does not tell one of them */
export async function readFigures(valkey: Valkey): Promise<Figures> {
  const [node] = primaries(valkey);
  const info = new Map<string, number>();
  for (const [, name = '', value] of ((await node?.info()) ?? '').matchAll(/^(\w+):([\d.]+)\r?$/gm))
    info.set(name, Number(value));
  const of = (name: string) => {
    const value = info.get(name);
    if (value === undefined) throw new Error(`Valkey does not tell ${name}`);
    return value;
  };
  return {
    cpuSeconds: of('used_cpu_user') + of('used_cpu_sys'),
    commands: of('total_commands_processed'),
    bytesIn: of('total_net_input_bytes'),
    bytesOut: of('total_net_output_bytes'),
    usedBytes: of('used_memory'),
    clients: of('connected_clients'),
  };
}
