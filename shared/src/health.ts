import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';
import type { Valkey } from './valkey.ts';

const pingTimeoutMs = 1_000;

/**
 * Whether a service can do its work. It answers what Kubernetes asks: `/livez` (the event loop turns) and
 * `/readyz` (Valkey answers, and the service is not on its way out).
 */
export class Health {
  readonly #needs: Record<string, Valkey>;
  #draining = false;

  /** @param needs the connections that the service cannot do without, by the name to show */
  constructor(needs: Record<string, Valkey>) {
    this.#needs = needs;
  }

  /** From now on the service says that it is not ready, so that nothing new is sent its way. */
  drain(): void {
    this.#draining = true;
  }

  /** What keeps the service from being ready; empty when it is. */
  async problems(): Promise<string[]> {
    const problems = await Promise.all(
      Object.entries(this.#needs).map(async ([name, valkey]) => {
        const problem = await pingProblem(valkey);
        return problem && `${name}: ${problem}`;
      }),
    );
    if (this.#draining) problems.push('draining: the service is going away');
    return problems.filter((problem) => problem !== undefined);
  }

  /** The routes `/livez`, `/readyz` and `/metrics`. */
  routes(metrics: Metrics): Hono {
    return new Hono()
      .get('/livez', (c) => c.text('ok'))
      .get('/readyz', async (c) => {
        const problems = await this.problems();
        return problems.length ? c.text(`not ready: ${problems.join('; ')}`, 503) : c.text('ok');
      })
      .get('/metrics', async (c) =>
        c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }),
      );
  }
}

/** A subscriber answers PING too, so one check serves both kinds of connection. */
async function pingProblem(valkey: Valkey): Promise<string | undefined> {
  if (valkey.status !== 'ready') return `valkey is not reachable (${valkey.status})`;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, pingTimeoutMs, `valkey did not answer within ${pingTimeoutMs} ms`);
  });
  const answer = valkey.ping().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
