import { primaries, type Valkey } from '@overcookied/shared/valkey.ts';

/** What Valkey says of itself, of all primaries together: sums since its start, and what it holds now. */
export interface Figures {
  cpuSeconds: number;
  commands: number;
  bytesIn: number;
  bytesOut: number;
  /** Memory that it uses, without what the allocator has free, in bytes. */
  usedBytes: number;
  clients: number;
}

const names: Record<keyof Figures, string[]> = {
  cpuSeconds: ['used_cpu_user', 'used_cpu_sys'],
  commands: ['total_commands_processed'],
  bytesIn: ['total_net_input_bytes'],
  bytesOut: ['total_net_output_bytes'],
  usedBytes: ['used_memory'],
  clients: ['connected_clients'],
};

/** @throws Error when a node does not tell one of them */
export async function readFigures(valkey: Valkey): Promise<Figures> {
  const infos = await Promise.all(primaries(valkey).map((node) => node.info()));
  const sum = (name: string) =>
    infos.reduce((total, info) => {
      const value = info.match(new RegExp(`^${name}:(\\S+)`, 'm'))?.[1];
      if (value === undefined) throw new Error(`Valkey does not tell ${name}`);
      return total + Number(value);
    }, 0);
  const figures = Object.entries(names).map(([figure, parts]) => [
    figure,
    parts.reduce((total, name) => total + sum(name), 0),
  ]);
  return Object.fromEntries(figures) as Record<keyof Figures, number>;
}
