import { useComputed } from '@preact/signals';
import { texts } from '../../texts/texts.ts';
import { absence, sides } from '../../view.ts';

/** Says that the opponent is cut off, with the seconds left to come back, and then that they are back. */
export function OpponentAbsence() {
  const name = sides.theirs.name.value;
  const state = useComputed(() => (typeof absence.value === 'object' ? 'away' : absence.value)).value;
  return (
    <div class="absence" role="status" data-testid="absence">
      {state && (
        <p key={state} class={`absence__text absence__text--${state}`}>
          <span>
            <bdi>{name}</bdi> {state === 'away' ? texts.value.arena.away : texts.value.arena.back}
          </span>
          <Seconds />
        </p>
      )}
    </div>
  );
}

/** Not read out: a screen reader would count down aloud. */
function Seconds() {
  const seconds = useComputed(() =>
    typeof absence.value === 'object' ? absence.value.seconds : undefined,
  ).value;
  if (seconds === undefined) return null;
  return (
    <span class="absence__seconds" aria-hidden="true">
      {texts.value.arena.awaySeconds(seconds)}
    </span>
  );
}
