/** So long wrong passwords are remembered, in ms. */
const windowMs = 60_000;
/** So many are looked at from one address in that time, and from so many addresses. */
const mostFromOne = 10;
const mostAddresses = 1_000;

/**
 * Wrong passwords, by the address that they came from. Whoever tries them through the load balancer can lock out others
 * who come that way, but not an operator who reaches the gateway directly.
 */
export class Tries {
  #wrong = new Map<string, number>();
  #since = Number.NEGATIVE_INFINITY;

  /** Whether no password is looked at any more for now, be it the right one. @param now in ms */
  areUsedUp(address: string, now: number): boolean {
    if (now - this.#since >= windowMs) this.#wrong.clear();
    const wrong = this.#wrong.get(address) ?? 0;
    return wrong >= mostFromOne || (wrong === 0 && this.#wrong.size >= mostAddresses);
  }

  failed(address: string, now: number): void {
    if (this.#wrong.size === 0) this.#since = now;
    this.#wrong.set(address, (this.#wrong.get(address) ?? 0) + 1);
  }

  /** How long until they are forgotten, in whole seconds. */
  secondsLeft(now: number): number {
    return Math.max(1, Math.ceil((this.#since + windowMs - now) / 1_000));
  }
}
