/**
 * The little "+1"s. A pool of elements, made as they are first needed and used in turns ever after, so that the
 * page stays as small at forty clicks a second as at none.
 */
export class Particles {
  readonly #container: HTMLElement;
  readonly #particles: { element: HTMLElement; flight?: Animation }[] = [];
  #next = 0;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Shows `text` along `keyframes`. When all are in the air, the oldest one starts again. */
  launch(text: string, keyframes: Keyframe[], timing: KeyframeAnimationOptions): void {
    const particle = this.#take();
    const { element } = particle;
    // The same text set again would be laid out again.
    if (element.textContent !== text) element.textContent = text;
    particle.flight?.cancel();
    particle.flight = element.animate(keyframes, timing);
  }

  #take(): { element: HTMLElement; flight?: Animation } {
    const index = this.#next;
    this.#next = (index + 1) % poolSize;
    const particle = this.#particles[index] ?? {
      element: this.#container.appendChild(document.createElement('span')),
    };
    this.#particles[index] = particle;
    return particle;
  }
}

/** More than 20 clicks a second at 0.9 s each need. */
export const poolSize = 24;

/** Whether the player asked the system for less motion. */
export const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
