import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { texts } from '../../texts/texts.ts';

/**
 * 5, 4, 3, 2, 1, GO!: the same number in both players' windows, since it goes by the server's clock.
 * @param seconds 0 for "GO!"; undefined while there is nothing to count
 * @param children what is above the number until it says "GO!"
 */
export function Countdown({
  seconds,
  children,
}: {
  seconds: ReadonlySignal<number | undefined>;
  children?: ComponentChildren;
}) {
  const number = seconds.value;
  return (
    <div class="countdown">
      {!!number && children}
      <div class="countdown__numbers" aria-live="assertive">
        {number !== undefined && (
          <div
            key={number}
            class={number === 0 ? 'countdown__number countdown__number--go' : 'countdown__number'}
          >
            <span data-testid="countdown">{number === 0 ? texts.value.arena.go : number}</span>
          </div>
        )}
      </div>
    </div>
  );
}
