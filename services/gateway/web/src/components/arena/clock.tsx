import { type ReadonlySignal, useComputed } from '@preact/signals';
import { texts } from '../../texts/texts.ts';

/**
 * Whole seconds of play left.
 * @param hurry true in the last ten of them
 */
export function Clock({
  seconds,
  hurry,
}: {
  seconds: ReadonlySignal<number | undefined>;
  hurry: ReadonlySignal<boolean>;
}) {
  const style = useComputed(() => (hurry.value ? 'clock clock--hurry' : 'clock'));
  return (
    <div class={style} role="timer" aria-label={texts.value.arena.timeLeft}>
      <span data-testid="clock">{seconds}</span>
    </div>
  );
}
