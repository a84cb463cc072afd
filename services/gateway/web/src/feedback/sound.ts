/** What the page sounds like: made by the browser as it is needed, so that there is nothing to load. */
import type { Cue } from './cues.ts';
import { Mixer } from './mixer.ts';
import { recipeFor } from './recipes.ts';

export class Sound {
  #context: AudioContext | undefined;
  #mixer: Mixer | undefined;
  #isOn = false;
  readonly #heardAt = new Map<Cue['name'], number>();

  /** On or off; off means that the browser has no audio running for the page. */
  turn(isOn: boolean): void {
    this.#isOn = isOn;
    if (isOn) this.wake();
    else {
      this.#mixer?.stop();
      void this.#context?.suspend();
    }
  }

  /** Gets the audio running, if it should be. Before the player's first gesture browsers refuse, and complain; some cannot say. */
  wake(): void {
    if (!this.#isOn || navigator.userActivation?.hasBeenActive === false) return;
    if (!this.#context) {
      this.#context = new AudioContext({ latencyHint: 'interactive' });
      this.#mixer = new Mixer(this.#context);
    }
    // iOS interrupts it for a call, and does not go on by itself.
    if (this.#context.state !== 'running') void this.#context.resume();
  }

  play(cue: Cue): void {
    if (!this.#isOn || this.#context?.state !== 'running') return;
    const recipe = recipeFor(cue);
    const now = this.#context.currentTime;
    if (now < (this.#heardAt.get(cue.name) ?? Number.NEGATIVE_INFINITY) + (recipe.rest ?? 0)) return;
    this.#heardAt.set(cue.name, now);
    this.#mixer?.play(recipe, now);
  }
}
