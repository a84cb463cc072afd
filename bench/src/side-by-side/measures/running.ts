import { setTimeout as sleep } from 'node:timers/promises';
import { Contender, type ContenderName } from '../../contenders/contender.ts';
import { cpuSeconds } from '../../contenders/process-usage.ts';
import type { Stage } from '../../stage.ts';

/** A contender is at rest when it and Valkey use less of a core than this, in an interval of so many ms. */
const rest = { share: 0.1, intervalMs: 200 };
/** How long it may take to get there, in ms: until then its backlog would be measured with the next one's clicks. */
const mostRestlessMs = 15_000;
/** A turn that takes longer than this, in ms, has failed: somebody waits for what never comes. */
const mostTurnMs = 60_000;

/** Contenders that run beside each other, of which one does something at a time. */
export class Running {
  readonly #stage: Stage;
  readonly #contenders = new Map<ContenderName, Contender>();

  private constructor(stage: Stage) {
    this.#stage = stage;
  }

  static async start(stage: Stage, names: readonly ContenderName[]): Promise<Running> {
    const running = new Running(stage);
    const all = await Promise.all(names.map((name) => Contender.start(stage, name)));
    for (const contender of all) running.#contenders.set(contender.name, contender);
    return running;
  }

  /**
   * Has one do something, and waits until it rests. One that fails or finds no rest is started anew, so that it neither
   * disturbs the others nor goes into its next turn in a bad state.
   */
  async turn<T>(name: ContenderName, work: (contender: Contender) => Promise<T>): Promise<T> {
    const contender = this.#contenders.get(name);
    if (!contender) throw new Error(`${name} does not run`);
    const over = new AbortController();
    try {
      const result = await Promise.race([work(contender), timeout(over.signal)]);
      if (!(await this.#comesToRest(contender))) await this.#restart(contender);
      return result;
    } catch (error) {
      await this.#restart(contender);
      throw error;
    } finally {
      over.abort();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#contenders.values()].map((contender) => contender.stop()));
  }

  async #comesToRest({ pids }: Contender): Promise<boolean> {
    const used = () => cpuSeconds([...pids, this.#stage.valkeyPid]);
    const until = performance.now() + mostRestlessMs;
    while (performance.now() < until) {
      const before = await used();
      await sleep(rest.intervalMs);
      if ((await used()) - before < (rest.share * rest.intervalMs) / 1_000) return true;
    }
    return false;
  }

  async #restart(contender: Contender): Promise<void> {
    await contender.stop();
    this.#contenders.set(contender.name, await Contender.start(this.#stage, contender.name));
  }
}

async function timeout(signal: AbortSignal): Promise<never> {
  await sleep(mostTurnMs, undefined, { signal });
  throw new Error(`not done after ${mostTurnMs / 1_000} s`);
}
