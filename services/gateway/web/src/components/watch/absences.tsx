import type { Role } from '@overcookied/shared/protocol.ts';
import { useComputed } from '@preact/signals';
import { texts } from '../../texts/texts.ts';
import { absences, sides } from '../../watch-view.ts';

/** Says who is cut off, with the seconds left to come back, and then that they are back. */
export function Absences() {
  return (
    <div class="absence" role="status" data-testid="absence">
      <OfSide side="p1" />
      <OfSide side="p2" />
    </div>
  );
}

function OfSide({ side }: { side: Role }) {
  const current = absences[side];
  const state = useComputed(() => (typeof current.value === 'object' ? 'away' : current.value)).value;
  const seconds = useComputed(() => (typeof current.value === 'object' ? current.value.seconds : 0));
  if (!state) return null;
  return (
    <p key={state} class={`absence__text absence__text--${state}`}>
      <span>
        <bdi>{sides[side].name}</bdi> {texts.value.arena[state]}
      </span>
      {state === 'away' && (
        // Not read out: a screen reader would count down aloud.
        <span class="absence__seconds" aria-hidden="true">
          {texts.value.arena.awaySeconds(seconds.value)}
        </span>
      )}
    </p>
  );
}
