import { Random } from '@overcookied/bot/random.ts';
import type { PracticeJob } from '@overcookied/shared/jobs.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Tokens } from '@overcookied/shared/tokens.ts';
import { botIdentity } from './identity.ts';
import { levelFor } from './level.ts';
import { PracticeBot } from './practice-bot.ts';

interface BotsOptions {
  /** Address of a gateway. */
  gatewayUrl: string;
  /** Makes tokens that the gateways accept. */
  tokens: Tokens;
  log: Logger;
  metrics: Metrics;
}

/** The bots that this service has under way. */
export class Bots {
  readonly #options: BotsOptions;
  readonly #running = new Set<PracticeBot>();
  readonly #ended;
  #stopping = false;

  constructor(options: BotsOptions) {
    this.#options = options;
    const { metrics } = options;
    metrics.gauge('practice_bots', 'Practice bots under way.', () => this.size);
    this.#ended = metrics.counter('practice_bots_ended_total', 'Practice bots, by what became of them.', [
      'outcome',
    ]);
  }

  get size(): number {
    return this.#running.size;
  }

  /**
   * Sends a bot to the player who wants one, and who may have gone meanwhile: then the gateway refuses the bot.
   * Resolves when it is gone.
   */
  async play({ code, rating }: PracticeJob): Promise<void> {
    const { gatewayUrl, tokens, log } = this.#options;
    const session = await tokens.issue(botIdentity());
    if (this.#stopping) return;
    const seed = Math.floor(Math.random() * 2 ** 32);
    const bot = new PracticeBot({
      session,
      url: gatewayUrl.replace(/^http/, 'ws'),
      code,
      level: levelFor(rating, new Random(seed, 0)),
      seed,
      log: log.child({ bot: session.id, rating }),
    });
    this.#running.add(bot);
    const outcome = await bot.ended;
    this.#running.delete(bot);
    this.#ended.inc({ outcome });
  }

  /** Ends all bots at once, and lets no other begin. */
  stop(): void {
    this.#stopping = true;
    for (const bot of this.#running) bot.stop();
  }
}
