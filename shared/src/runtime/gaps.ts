import type { Logger } from '../log.ts';
import { canReadProc } from './default-metrics.ts';
import { type Runtime, runtime } from './runtime.ts';

/** What a service cannot do on this runtime; docs/runtimes.md has the reasons. */
const gaps: Record<Runtime, string[]> = {
  node: [],
  bun: ['tells nothing of garbage collection, and no heap limit, since it has none'],
  deno: [
    'tells nothing of garbage collection',
    ...(process.env.DENO_USE_CGROUPS
      ? []
      : ['sets no heap limit by the memory of its container: for that set DENO_USE_CGROUPS=1']),
    ...(canReadProc()
      ? []
      : ['tells nothing of open files and virtual memory, which it may see only with --allow-all']),
  ],
};

/** What a gateway cannot do besides. */
const gatewayGaps: Record<Runtime, string[]> = {
  node: [],
  bun: [
    'does not count a click without a number that is on its way when the gateway says goodbye',
    'gives clients 10 s and 16384 bytes for their headers, whatever LIMITS says, and does not count who needs more',
  ],
  deno: [],
};

/** Says what a service runs on, and what it cannot do there. */
export function sayWhatRuns(service: string, log: Logger): void {
  const versions: Record<string, string | undefined> = process.versions;
  const cannot = [...gaps[runtime], ...(service === 'gateway' ? gatewayGaps[runtime] : [])];
  log.info({ runtime, version: versions[runtime], gaps: cannot }, `runs on ${runtime}`);
}
