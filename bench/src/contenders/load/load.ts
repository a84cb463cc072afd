import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endChild, whenEnded } from '../../../../dev/launcher/child.ts';
import { putFirst } from '../../first.ts';
import type { CrowdOptions, Played, PlayOptions, Score } from './crowd.ts';

/** What the load's process is asked to do, one after the other. */
export type Order =
  | { what: 'open'; options: CrowdOptions }
  | { what: 'begin' }
  | { what: 'play'; options: PlayOptions }
  | { what: 'scores' }
  | { what: 'close' };

export type Answer = { result: unknown } | { error: string };

const script = fileURLToPath(new URL('main.ts', import.meta.url));
const withParent = fileURLToPath(new URL('../../../../dev/launcher/exit-with-parent.ts', import.meta.url));

/** Players of a process of their own: see `Crowd`, whose methods these are. */
export class Load {
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = whenEnded(child);
  }

  /** Resolves when everybody is connected. */
  static async open(options: CrowdOptions): Promise<Load> {
    const child = fork(script, { detached: true, execArgv: ['--import', withParent] });
    const load = new Load(child);
    await once(child, 'spawn');
    if (child.pid !== undefined) await putFirst(child.pid);
    await load.#ask({ what: 'open', options });
    return load;
  }

  async begin(): Promise<void> {
    await this.#ask({ what: 'begin' });
  }

  async play(options: PlayOptions): Promise<Played> {
    return (await this.#ask({ what: 'play', options })) as Played;
  }

  async scores(): Promise<Score[]> {
    return (await this.#ask({ what: 'scores' })) as Score[];
  }

  /** Ends all connections, and the process. */
  async close(): Promise<void> {
    if (this.#child.connected) await this.#ask({ what: 'close' });
    await endChild(this.#child, this.#ended, 1_000);
  }

  async #ask(order: Order): Promise<unknown> {
    this.#child.send(order);
    const answer = await Promise.race([
      once(this.#child, 'message').then(([message]) => message as Answer),
      this.#ended.then((how) => ({ error: `the load's process ended with ${how}` })),
    ]);
    if ('error' in answer) throw new Error(answer.error);
    return answer.result;
  }
}
