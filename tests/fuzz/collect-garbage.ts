/** Preloaded into a gateway: at SIGUSR2 it collects its garbage, so that what is left in memory is really held. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const bun = (globalThis as { Bun?: { gc(force: boolean): void } }).Bun;

function collector(): () => void {
  if (bun) return () => bun.gc(true);
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

process.on('SIGUSR2', collector());
