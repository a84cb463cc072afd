import { readFileSync } from 'node:fs';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { type Runtime, runtime } from './runtime.ts';

/** What prom-client asks for and this runtime answers with nothing, or with what is not so: none is told rather than that. */
const untold: Record<Runtime, string[]> = {
  node: [],
  bun: [
    'nodejs_gc_duration_seconds',
    'nodejs_active_resources',
    'nodejs_active_resources_total',
    'nodejs_active_handles',
    'nodejs_active_handles_total',
    'nodejs_active_requests',
    'nodejs_active_requests_total',
    'nodejs_heap_space_size_total_bytes',
    'nodejs_heap_space_size_used_bytes',
    'nodejs_heap_space_size_available_bytes',
  ],
  deno: ['nodejs_gc_duration_seconds', ...eventLoopLag()],
};

/** Deno has a sample of every turn of its loop, so that thousands of short ones hide one that is long. */
function eventLoopLag(): string[] {
  const figures = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'];
  return figures.map((figure) => `nodejs_eventloop_lag_${figure}_seconds`);
}

/** What is read from `/proc`, which Deno opens only to whoever may do everything. */
const fromProc = [
  'process_resident_memory_bytes',
  'process_virtual_memory_bytes',
  'process_heap_bytes',
  'process_open_fds',
  'process_max_fds',
];

/** Whether this process may see what the system knows of it. */
export const canReadProc = (): boolean => {
  try {
    return process.platform !== 'linux' || readFileSync('/proc/self/status').length > 0;
  } catch {
    return false;
  }
};

/** Adds what prom-client tells of the process and its runtime, as far as it is so on this one. */
export function collectRuntimeMetrics(register: Registry): void {
  collectDefaultMetrics({ register });
  for (const name of untold[runtime]) register.removeSingleMetric(name);
  if (canReadProc()) return;
  for (const name of fromProc) register.removeSingleMetric(name);
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes.',
    registers: [register],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
}
