import type { Metrics } from './metrics.ts';

/** What has become of a call of a script that has failed. */
const replies = {
  OOM: 'full',
  READONLY: 'replica',
  LOADING: 'loading',
  BUSY: 'busy',
  MISCONF: 'disk',
  CLUSTERDOWN: 'cluster_down',
  MASTERDOWN: 'cluster_down',
  TRYAGAIN: 'resharding',
  NOPERM: 'not_allowed',
  NOAUTH: 'not_allowed',
  WRONGPASS: 'not_allowed',
} as const;

/** Why a call has failed, as one of a few words, whatever Valkey or the client library says in full. */
export function causeOf({ name, message }: Error): string {
  if (name === 'ReplyError') {
    const [code = ''] = message.split(' ', 1);
    return code in replies ? replies[code as keyof typeof replies] : 'script';
  }
  if (name === 'NotReplicatedError') return 'not_replicated';
  return /timed? ?out/i.test(message) ? 'no_answer' : 'not_connected';
}

/** The scripts are made before any metrics, and are the process'. */
let meter: ReturnType<typeof newMeter> | undefined;

const newMeter = (metrics: Metrics) => ({
  calls: metrics.busyLatency(
    'valkey_call_seconds',
    'How long scripts took, from the call to the reply.',
    'script',
  ),
  failures: metrics.counter('valkey_call_failures_total', 'Calls of scripts that failed.', [
    'script',
    'cause',
  ]),
});

/** From now on calls of scripts are told by these metrics. */
export function measureScripts(metrics: Metrics): void {
  meter = newMeter(metrics);
}

/** A call of a script has succeeded. @param startedAt by `performance.now()` */
export function countCall(script: string, startedAt: number): void {
  meter?.calls.observe(script, (performance.now() - startedAt) / 1_000);
}

export function countFailure(script: string, error: Error): void {
  meter?.failures.inc({ script, cause: causeOf(error) });
}
