import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningValkey, startValkey } from '../../dev/valkey/valkey.ts';
import type { ValkeyFault } from './history.ts';
import type { Host } from './host.ts';

/** A Valkey that keeps what it has acknowledged, and is killed and started again on the same port and data. */
export class ValkeyHost implements Host {
  readonly hasLinks = true;
  readonly #dir: string;
  #running: RunningValkey;

  private constructor(dir: string, running: RunningValkey) {
    this.#dir = dir;
    this.#running = running;
  }

  static async start(dir: string): Promise<ValkeyHost> {
    return new ValkeyHost(dir, await startValkey(optionsFor(dir)));
  }

  get url(): string {
    return this.#running.url;
  }

  /** Ends it, at once or cleanly, and starts it again after so many ms, or lets it do nothing for as long. */
  async fail(what: ValkeyFault, forMs: number): Promise<void> {
    const { port, process } = this.#running;
    if (what === 'reshard') throw new Error('one node has no shards');
    if (what === 'sleep') {
      process.kill('SIGSTOP');
      await sleep(forMs);
      process.kill('SIGCONT');
      return;
    }
    if (what === 'kill') process.kill('SIGKILL');
    else await this.#running.stop();
    await this.#running.ended;
    await sleep(forMs);
    this.#running = await startValkey({ ...optionsFor(this.#dir), port });
  }

  async stop(): Promise<void> {
    const { process: child } = this.#running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    // It may be asleep.
    child.kill('SIGCONT');
    await this.#running.stop();
    await exit.catch(() => {});
  }
}

const optionsFor = (dir: string) => ({ dir, persist: true, args: ['--appendfsync', 'always'] });
