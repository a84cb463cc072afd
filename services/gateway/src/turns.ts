/** What one client may have under way; whoever sends faster than it can be dealt with is told so. */
const mostUnderWay = 32;

/** Does one thing after the other, in the order in which they came. */
export class Turns {
  #tail: Promise<void> = Promise.resolve();
  #underWay = 0;

  /** For what a client asks. @returns false when too much is under way: then it is not done */
  ask(work: () => Promise<void>, failed: (error: Error) => void): boolean {
    if (this.#underWay >= mostUnderWay) return false;
    this.#underWay++;
    this.next(async () => {
      await work().catch(failed);
      this.#underWay--;
    });
    return true;
  }

  /** For what comes from elsewhere, which has a bound of its own. @param work does not throw */
  next(work: () => void | Promise<void>): void {
    this.#tail = this.#tail.then(work);
  }

  /** Resolves when everything has been done that was asked until now. */
  done(): Promise<void> {
    return this.#tail;
  }
}
