import { setTimeout as sleep } from 'node:timers/promises';
import { loginAsGuest, RequestError } from '@overcookied/client/api.ts';
import type { Session } from '@overcookied/shared/api.ts';
import { Bot } from './bot.ts';
import { Matches } from './matches.ts';
import { botName } from './names.ts';
import type { Stats } from './stats.ts';

const loginsAtOnce = 50;
const loginTries = 3;
const loginRetryMs = 500;

interface CrowdOptions {
  players: number;
  cps: number;
  /** WebSocket addresses of gateways. */
  url: string[];
  seed: number;
  stats: Stats;
  violated(what: string): void;
  note(what: string): void;
}

/** All bots of this process. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #matches = new Matches();
  readonly #bots: Bot[] = [];
  #stopping = false;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  /**
   * Lets everybody in, so many at a time. Resolves when all play, or `stop` was called.
   *
   * @throws Error when nobody at all could log in
   */
  async start(): Promise<void> {
    const { players, note } = this.#options;
    let next = 0;
    let failure: Error | undefined;
    const letIn = async () => {
      while (next < players && !this.#stopping) {
        const index = next++;
        try {
          await this.#letIn(index);
        } catch (error) {
          failure = error as Error;
          note(failure.message);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(players, loginsAtOnce) }, letIn));
    if (failure && this.#bots.length === 0) throw new Error('nobody could log in, so that nobody can play');
  }

  /** Nobody begins another match; resolves when those that are on are over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#bots.map((bot) => bot.stop()));
  }

  /** Ends all at once. */
  close(): void {
    this.#stopping = true;
    for (const bot of this.#bots) bot.close();
  }

  async #letIn(index: number): Promise<void> {
    const { url: urls, cps, seed, stats, violated, note } = this.#options;
    const url = urls[index % urls.length] ?? '';
    const session = await login(url, botName(index));
    if (this.#stopping) return;
    this.#bots.push(
      new Bot({
        session,
        url,
        clicksPerSecond: cps,
        seed,
        index,
        matches: this.#matches,
        stats,
        violated,
        note,
      }),
    );
  }
}

/** @throws Error that says where it was tried and why it failed */
async function login(url: string, name: string): Promise<Session> {
  const base = url.replace(/^ws/, 'http');
  for (let tries = 1; ; tries++) {
    try {
      return await loginAsGuest(base, name);
    } catch (error) {
      // What the gateway refuses, it will refuse again.
      const refused = error instanceof RequestError && error.status < 500;
      if (refused || tries === loginTries) {
        throw new Error(`${name} could not log in at ${base}: ${reasonOf(error as Error)}`, { cause: error });
      }
    }
    await sleep(loginRetryMs * tries);
  }
}

/** fetch says no more than "fetch failed": the reason is in its cause. */
function reasonOf({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message;
  const { code } = cause as NodeJS.ErrnoException;
  return `${message} (${cause.message || code || cause.name})`;
}
