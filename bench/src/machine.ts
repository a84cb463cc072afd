import { availableParallelism, cpus } from 'node:os';

/** Before a bench keeps itself to some of them. */
const cores = availableParallelism();

/** On what it was measured. @param isValkeyFirst whether Valkey had a processor whenever it wanted one */
export function machine(valkeyVersion: string, isValkeyFirst: boolean): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${cores} cores (${model}), Node ${process.versions.node}, ${valkeyVersion}; everything, the players too, on the same machine${isValkeyFirst ? ', Valkey before everything else (nice -20)' : ''}.\n`;
}
