/** Preloaded into a gateway: at SIGUSR2 it collects its garbage, so that what is left in memory is really held. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const bun = (globalThis as { Bun?: { gc(force: boolean): void } }).Bun;

function collector(): () => void {
  if (bun) return () => bun.gc(true);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: object) => void;
  // An ordinary collection leaves tens of megabytes, which come and go.
  return () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

process.on('SIGUSR2', collector());
