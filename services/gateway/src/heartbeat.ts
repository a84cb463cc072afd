import { beat, beatMs } from '@overcookied/shared/connections/gateways.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isSilent } from '@overcookied/shared/valkey-check.ts';

/** So many beats in a row that did not get through, and it is looked at why: eight seconds. */
const mostMissed = 16;

interface HeartbeatParts {
  valkey: Valkey;
  gatewayId: string;
  log: Logger;
  /**
   * This gateway had been taken for dead, and Valkey has forgotten whom it holds, or has missed what was said of them.
   * Called again with each beat until it resolves to true: whoever is left out would be away, and be swept by nobody.
   */
  reclaim: () => Promise<boolean>;
  /**
   * Nothing comes from Valkey any more, while other gateways may hear of it: players who stay here go on clicking, and
   * lose their matches by being away.
   */
  cutOff: () => void;
}

/** This gateway's signs of life, and what it learns by them of itself. */
export class Heartbeat {
  readonly #parts: HeartbeatParts;
  #timer: NodeJS.Timeout | undefined;
  /** Beats are counted and not the time, since a process that was asleep has heard nothing for long either. */
  #missed = 0;
  #isKnown = false;
  #isInDoubt = false;
  #isReclaiming = false;

  constructor(parts: HeartbeatParts) {
    this.#parts = parts;
  }

  /** Resolves after the first beat, whether it got through or not. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => this.#beat(), beatMs);
    this.#parts.valkey.on('ready', () => this.#beat());
    await this.#beat();
  }

  /** Something may have been missed of who is connected: it is found out by claiming all players as if it were buried. */
  doubt(): void {
    this.#isInDoubt = true;
    void this.#beat();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    const { valkey, gatewayId, log } = this.#parts;
    try {
      await this.#findCut();
      const isNew = !(await beat(valkey, gatewayId));
      this.#missed = 0;
      // A gateway that was paused, or cut off from Valkey, finds itself buried.
      if (isNew && this.#isKnown) {
        log.warn('this gateway had been taken for dead');
        this.#isInDoubt = true;
      }
      this.#isKnown = true;
      await this.#reclaim();
    } catch (error) {
      log.debug({ reason: (error as Error).message }, 'no sign of life');
    }
  }

  /** A Valkey that is down, full, a replica or loading its data is so for all gateways: there is no better place. */
  async #findCut(): Promise<void> {
    if (++this.#missed <= mostMissed) return;
    // What is found out now holds for as many beats to come.
    this.#missed = 0;
    if (await isSilent(this.#parts.valkey)) this.#parts.cutOff();
  }

  async #reclaim(): Promise<void> {
    if (!this.#isInDoubt || this.#isReclaiming) return;
    // It may be buried once more meanwhile.
    this.#isInDoubt = false;
    this.#isReclaiming = true;
    if (!(await this.#parts.reclaim())) this.#isInDoubt = true;
    this.#isReclaiming = false;
  }
}
