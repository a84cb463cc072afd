import { composeFile, type Sources } from '../sources.ts';

/** Valkey keeps what it must, where it is kept, in the memory that it has. */
export function valkey(sources: Sources): string[] {
  const {
    command = [],
    volumes = [],
    mem_limit = '',
  } = composeFile(sources['compose.yaml']).services.valkey ?? {};
  const option = (name: string) => command[command.indexOf(name) + 1] ?? '';
  const [dir, most] = [option('--dir'), megabytes(option('--maxmemory'))];
  return [
    ...(volumes.some((volume) => volume.startsWith('valkey-data:') && volume.split(':')[1] === dir)
      ? []
      : [`compose.yaml: valkey: keeps its data in ${dir}, where no volume is`]),
    // It is copied while the append-only file is rewritten.
    ...(megabytes(mem_limit) >= 2 * most
      ? []
      : [`compose.yaml: valkey: may hold ${most} MB and have ${mem_limit}: not twice as much`]),
  ];
}

const megabytes = (text: string) => Number(/^(\d+)mb?$/.exec(text)?.[1] ?? Number.NaN);
