import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../../dev/launcher/processes.ts';
import { findFreePort } from '../../dev/system/ports.ts';
import { serviceNames } from './services.ts';

const timeoutMs = 30_000;

/** A key that is long enough, for a service that nobody talks to. */
const secret = 'x'.repeat(64);

/**
 * The metrics that the services really tell: each is started and asked. It needs no Valkey for that.
 *
 * @returns service → names, with those of a histogram's parts
 * @throws Error with its last words when one does not start
 */
export async function exportedMetrics(): Promise<Map<string, Set<string>>> {
  const each = serviceNames.map(async (service) => [service, namesIn(await scrape(service))] as const);
  return new Map(await Promise.all(each));
}

async function scrape(service: string): Promise<string> {
  const port = await findFreePort();
  const said: string[] = [];
  const running = startProcess({
    script: fileURLToPath(new URL(`../../services/${service}/src/main.ts`, import.meta.url)),
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      // Nobody listens there.
      VALKEY_URL: 'valkey://127.0.0.1:1',
      JWT_SECRET: secret,
      LOG_LEVEL: 'error',
    },
    log: (line) => said.push(line),
  });
  let end: string | undefined;
  void running.ended.then((how) => {
    end = how;
  });
  try {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
      if (answer?.ok) return await answer.text();
      if (end !== undefined || Date.now() > deadline) {
        throw new Error(`${service} tells no metrics (${end ?? 'no answer'}): ${said.slice(-5).join('\n')}`);
      }
      await sleep(50);
    }
  } finally {
    await running.stop(0);
  }
}

/** Names of the time series in a page of metrics. */
function namesIn(page: string): Set<string> {
  const names = new Set<string>();
  for (const [, name = '', type] of page.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    if (type === 'histogram') for (const part of ['bucket', 'sum', 'count']) names.add(`${name}_${part}`);
    else names.add(name);
  }
  return names;
}
