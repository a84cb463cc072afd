/** How often it is reckoned how many calls come, in ms. */
const sampleMs = 50;
/** For how long the process does not look whether there is more to do, in ms. */
const pauseMs = 1.5;
/** So many calls a ms must come for it to be worth the wait. */
const worthwhile = 1.5;
/** A turn of the event loop that took so long, in ms, has gathered enough by itself. */
const longTurnMs = 1;

/**
 * Has a busy process wake up once for what comes within a moment, and not for each frame and each reply: the wake-up, the
 * reads and the writes are most of what a click costs. It is what network cards do under load, by the name of interrupt
 * coalescing. Where little comes the process looks at each thing at once.
 */
export class Coalescing {
  /** Nobody wakes it up: whoever waits for it to change waits for the time to pass. */
  readonly #never = new Int32Array(new SharedArrayBuffer(4));
  #since = performance.now();
  #calls = 0;
  #perMs = 0;
  #isDue = false;
  #wokenAt = 0;

  /** A call has been made: at the end of this turn of the event loop, when it has been written, the process may pause. */
  called(): void {
    this.#count();
    if (this.#isDue || this.#perMs < worthwhile) return;
    this.#isDue = true;
    setImmediate(() => this.#pause());
  }

  #pause(): void {
    this.#isDue = false;
    if (performance.now() - this.#wokenAt < longTurnMs) Atomics.wait(this.#never, 0, 0, pauseMs);
    this.#wokenAt = performance.now();
  }

  #count(): void {
    this.#calls++;
    const now = performance.now();
    if (now - this.#since < sampleMs) return;
    this.#perMs = this.#calls / (now - this.#since);
    this.#since = now;
    this.#calls = 0;
  }
}
