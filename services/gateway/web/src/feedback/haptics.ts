/** What can be felt of the game on a device that vibrates. */
import type { CueName } from './cues.ts';

/** In ms: vibrating, still, vibrating… */
const pulses: Partial<Record<CueName, number[]>> = {
  found: [40, 60, 40],
  go: [60],
  spawn: [15, 40, 15],
  goldenMine: [20, 30, 20, 30, 60],
  goldenTheirs: [90],
  tick: [12],
  bell: [80],
  won: [40, 60, 40, 60, 140],
  lost: [160],
  drawn: [50, 80, 50],
};

/** Of what a finger does itself, and only then: a hand on a mouse or keyboard feels nothing of it. */
const touches: Partial<Record<CueName, number[]>> = {
  click: [8],
  bonusClick: [14],
  knead: [10],
  roll: [30],
};

export class Haptics {
  #busyUntil = 0;

  /** @param now any clock's ms. A touch does not break off what is told meanwhile. */
  feel(name: CueName, byTouch: boolean, now: number): void {
    const told = pulses[name];
    const pattern = told ?? (byTouch && now >= this.#busyUntil ? touches[name] : undefined);
    // Browsers refuse before the first tap, and complain; some cannot say.
    if (!pattern || navigator.userActivation?.hasBeenActive === false) return;
    if (told) this.#busyUntil = now + told.reduce((sum, ms) => sum + ms);
    navigator.vibrate(pattern);
  }
}
