import { keys } from '@overcookied/shared/keys.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Tokens } from '@overcookied/shared/tokens.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { botIdentity } from './identity.ts';

/** How often the offer is renewed, in ms. */
const beatMs = 2_000;
/** How long it stands without being renewed, in ms: gateways offer bots of a dead service no longer than this. */
const standsMs = 5_000;

interface OfferOptions {
  valkey: Valkey;
  /** Address of the gateway that bots connect to. */
  gatewayUrl: string;
  tokens: Tokens;
  log: Logger;
  /** Whether there is room for another bot. */
  hasRoom(): boolean;
}

/**
 * Tells the gateways that a bot is to be had, for as long as that is so. Without it they would offer players an
 * opponent who never comes.
 */
export class Offer {
  readonly #options: OfferOptions;
  #timer: NodeJS.Timeout | undefined;
  #problem = '';
  #stopped = false;

  constructor(options: OfferOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setTimeout(async () => {
      await this.#renew();
      if (!this.#stopped) this.start();
    }, beatMs);
  }

  /** The offer runs out by itself: other practice services may stand by it. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #renew(): Promise<void> {
    const { valkey, log, hasRoom, gatewayUrl } = this.#options;
    const problem = await this.#gatewayProblem();
    if (problem !== this.#problem) {
      if (problem)
        log.warn({ gateway: gatewayUrl, reason: problem }, 'no practice bots: no way to a gateway');
      else log.info({ gateway: gatewayUrl }, 'practice bots can reach a gateway again');
      this.#problem = problem;
    }
    if (problem || !hasRoom() || this.#stopped) return;
    try {
      await valkey.set(keys.practiceReady, '1', 'PX', standsMs);
    } catch (error) {
      log.debug({ reason: (error as Error).message }, 'could not offer practice bots');
    }
  }

  /** What a bot would meet with at the gateway; empty when it would be let in. */
  async #gatewayProblem(): Promise<string> {
    const { gatewayUrl, tokens } = this.#options;
    try {
      // Asked with a bot's token: a gateway with another key is of as little use as one that is away.
      const { token } = await tokens.issue(botIdentity());
      const response = await fetch(`${gatewayUrl}/auth/verify`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(beatMs),
      });
      await response.body?.cancel();
      if (response.status === 401) return 'it has another JWT_SECRET';
      return response.ok ? '' : `it answers ${response.status}`;
    } catch (error) {
      // fetch hides the reason, such as "connection refused", one level down.
      const { message, cause } = error as Error;
      return cause instanceof Error ? cause.message || message : message;
    }
  }
}
