import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import { secondsLeft } from './frames.ts';

/** So long after the end, in ms, it is overdue that somebody says so. */
const overdueMs = 1_000;

interface Times {
  startsAt: number;
  endsAt: number;
}

/** The second-by-second clock of a match: counted here by the corrected clock, Valkey is not asked. */
export class SecondClock {
  readonly #clock: Pick<ValkeyClock, 'now'>;
  readonly #tell: (left: number) => void;
  readonly #overdue: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** The latest that was told. */
  #told: number | undefined;

  /**
   * @param tell is called at each second of play, with the whole seconds that are left
   * @param overdue is called once when the match should be over, and nobody has stopped this
   */
  constructor(clock: Pick<ValkeyClock, 'now'>, tell: (left: number) => void, overdue: () => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#overdue = overdue;
  }

  /** Goes on, from now and until `stop`, by these times: ms by Valkey's clock. */
  run(times: Times): void {
    clearTimeout(this.#timer);
    const now = this.#clock.now();
    const { startsAt, endsAt } = times;
    const toCome = secondsLeft(times, now) - (now < startsAt ? 0 : 1);
    // A timer may fire a little early: the second that has been told is not told again.
    const left = this.#told === undefined ? toCome : Math.min(toCome, this.#told - 1);
    if (left < 0) {
      this.#timer = setTimeout(this.#overdue, overdueMs);
      return;
    }
    const tell = () => {
      this.#told = left;
      this.#tell(left);
      this.run(times);
    };
    this.#timer = setTimeout(tell, Math.max(startsAt, endsAt - left * 1000) - now);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
