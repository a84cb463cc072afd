import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';
import type { Valkey } from './valkey.ts';
import { problemOf } from './valkey-check.ts';

/** What only listens; as `Subscriptions`. */
interface Listening {
  /** What keeps it from hearing anything; undefined when nothing does. */
  problem(): Promise<string | undefined>;
}

/**
 * Whether a service can do its work. It answers what Kubernetes asks: `/livez` (the event loop turns) and
 * `/readyz` (Valkey answers and takes writes, and the service is not on its way out).
 */
export class Health {
  readonly #writes: Record<string, Valkey>;
  readonly #listens: Record<string, Listening>;
  #draining = false;

  /**
   * The connections that the service cannot do without, by the name to show.
   *
   * @param writes those that it writes by
   * @param listens what it only listens by
   */
  constructor(writes: Record<string, Valkey>, listens: Record<string, Listening> = {}) {
    this.#writes = writes;
    this.#listens = listens;
  }

  /** From now on the service says that it is not ready, so that nothing new is sent its way. */
  drain(): void {
    this.#draining = true;
  }

  /** What keeps the service from being ready; empty when it is. */
  async problems(): Promise<string[]> {
    const named = async (name: string, problem: Promise<string | undefined>) => {
      const text = await problem;
      return text && `${name}: ${text}`;
    };
    const problems = await Promise.all([
      ...Object.entries(this.#writes).map(([name, valkey]) => named(name, problemOf(valkey))),
      ...Object.entries(this.#listens).map(([name, listening]) => named(name, listening.problem())),
    ]);
    if (this.#draining) problems.push('draining: the service is going away');
    return problems.filter((problem) => problem !== undefined);
  }

  /** The routes `/livez`, `/readyz` and `/metrics`. */
  routes(metrics: Metrics): Hono {
    metrics.gauge('ready', 'Whether the service is ready, as /readyz says.', async () =>
      (await this.problems()).length === 0 ? 1 : 0,
    );
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
