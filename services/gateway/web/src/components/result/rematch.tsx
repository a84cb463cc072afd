import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useTickingSeconds } from '../../hooks.ts';
import { secondsUntil } from '../../match/timing.ts';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';
import { rematch, rematchUntil, sides } from '../../view.ts';
import { RematchWishes } from './rematch-wishes.tsx';

/** Another match against the same opponent: wanted by nobody yet, by them, or by the player, who then waits. */
export function Rematch() {
  useTickingSeconds();
  const button = useRef<HTMLButtonElement>(null);
  const state = rematch.value;
  const isWaiting = state === 'waiting';
  const isWanted = state === 'wanted';
  const wasWaiting = useRef(isWaiting);
  const seconds = useComputed(() => secondsUntil(rematchUntil.value, game.now.value));
  // Each of the two buttons takes the other's place, and the focus.
  useEffect(() => {
    if (wasWaiting.current !== isWaiting) button.current?.focus();
    wasWaiting.current = isWaiting;
  }, [isWaiting]);

  const name = sides.theirs.name.value;
  const words = isWaiting
    ? texts.value.result.rematchWaiting(name)
    : isWanted
      ? texts.value.result.rematchWanted(name)
      : '';
  return (
    <>
      <p
        class={isWanted ? 'result__rematch result__rematch--wanted' : 'result__rematch'}
        data-testid="rematch-words"
      >
        {words && <RematchWishes wanted={isWanted ? 'theirs' : 'mine'} />}
        <span aria-live="polite">{words}</span>{' '}
        {isWaiting && <span role="timer">{texts.value.result.rematchSeconds(seconds.value)}</span>}
      </p>
      {isWaiting ? (
        <button
          key="cancel"
          ref={button}
          class="button button--quiet"
          type="button"
          data-testid="cancel-rematch"
          onClick={() => game.cancel()}
        >
          {texts.value.result.rematchCancel}
        </button>
      ) : (
        <button
          key="rematch"
          ref={button}
          class={isWanted ? 'button button--big button--wanted' : 'button button--big'}
          type="button"
          data-testid="rematch"
          onClick={() => game.rematch()}
        >
          {texts.value.result.rematch}
        </button>
      )}
    </>
  );
}
