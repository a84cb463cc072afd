import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';

/** Gives up the match, after asking once. The match goes on meanwhile, and the cookie can still be clicked. */
export function QuitButton() {
  const asking = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    asking.value = false;
    // The button that has the focus goes.
    button.current?.focus();
  };
  // Nothing to say it to: the server hears of it only over an open connection.
  const offline = game.connection.value?.state !== 'open';
  return (
    <section
      class="quit"
      aria-label={texts.value.arena.quitTitle}
      onKeyDown={(event) => event.key === 'Escape' && asking.value && close()}
    >
      <button
        ref={button}
        class="button button--quiet"
        type="button"
        data-testid="quit"
        aria-expanded={asking}
        onClick={() => {
          asking.value = !asking.value;
        }}
      >
        {texts.value.arena.quit}
      </button>
      {asking.value && (
        <div class="quit__confirm panel">
          <p>{texts.value.arena.quitTitle}</p>
          <button
            class="button button--danger"
            type="button"
            data-testid="confirm-quit"
            disabled={offline}
            onClick={() => game.quit()}
          >
            {texts.value.arena.quitYes}
          </button>
          <button class="button button--quiet" type="button" onClick={close}>
            {texts.value.arena.quitNo}
          </button>
        </div>
      )}
    </section>
  );
}
