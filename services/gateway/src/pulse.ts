/** How often a client is pinged who waits for an opponent or plays, in ms: nobody is to wait for, or play, a dead one. */
export const playEveryMs = 5_000;
/** How often any other client is pinged, in ms. */
export const idleEveryMs = 20_000;
/** A connection on which so many pings in a row have brought no sign of life is dead. */
export const mostUnanswered = 2;

const tickMs = 100;

/** Something that is asked for a sign of life now and then. */
export interface Pulsing {
  /** Whether somebody depends on it, so that it is to be asked more often. */
  readonly isBusy: boolean;
  beat(): void;
}

/**
 * Asks every connection for a sign of life in its turn. They are spread over a wheel of which one slot is looked at each
 * tick: a timer each would cost memory, and ten thousand pinged in one go held up everything else for 200 ms.
 */
export class Pulse {
  /** The wheel turns once in the longer period; whoever is busy is asked in each of the parts that are the shorter one. */
  readonly #slots: Set<Pulsing>[];
  readonly #slotsAPart: number;
  readonly #tickMs: number;
  readonly #slotOf = new Map<Pulsing, number>();
  #next = 0;
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param periods in ms; `idleEvery` is a multiple of `playEvery`, and that one of `tick` */
  constructor(periods = { playEvery: playEveryMs, idleEvery: idleEveryMs, tick: tickMs }) {
    this.#tickMs = periods.tick;
    this.#slotsAPart = periods.playEvery / periods.tick;
    this.#slots = Array.from({ length: periods.idleEvery / periods.tick }, () => new Set());
  }

  start(): void {
    this.#timer = setInterval(() => this.turn(), this.#tickMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  add(member: Pulsing): void {
    this.#slots[this.#next]?.add(member);
    this.#slotOf.set(member, this.#next);
    this.#next = (this.#next + 1) % this.#slots.length;
  }

  remove(member: Pulsing): void {
    this.#slots[this.#slotOf.get(member) ?? 0]?.delete(member);
    this.#slotOf.delete(member);
  }

  /** Asks those whose turn it is. */
  turn(): void {
    const count = this.#slots.length;
    for (let ahead = 0; ahead < count; ahead += this.#slotsAPart) {
      for (const member of this.#slots[(this.#turn + ahead) % count] ?? []) {
        if (ahead === 0 || member.isBusy) member.beat();
      }
    }
    this.#turn = (this.#turn + 1) % count;
  }
}
