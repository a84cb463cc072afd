import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useTicking } from '../../hooks.ts';
import { loadAnew } from '../../keep-page.ts';
import { secondsUntil } from '../../match/timing.ts';
import { game } from '../../state/game.ts';
import type { FinalTrouble } from '../../state/trouble.ts';
import { texts } from '../../texts/texts.ts';
import { CookieArt } from '../cookie-art.tsx';

/** What the button does where it is not to connect again. */
const remedies: Partial<Record<FinalTrouble, () => void>> = {
  unauthorized: () => game.expire(),
  garbled: () => void loadAnew(),
};

/** Covers the page until its button is used: nothing on it works without a connection. */
export function TroubleDialog({ trouble }: { trouble: FinalTrouble }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // A dialog that is taken away gives the focus to nobody: whoever plays by keyboard would bake nothing.
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  const { title, text, button } = texts.value.trouble.final[trouble];
  const isSeatKept = game.screen.value === 'arena' && trouble !== 'takenOver' && trouble !== 'unauthorized';
  return (
    <dialog
      ref={dialog}
      class="panel trouble-dialog"
      data-testid="connection"
      aria-labelledby="trouble-title"
      aria-describedby="trouble-text"
      closedby="none"
      // Where that is not known, a browser lets only some presses of Escape be refused.
      onCancel={(event) => event.preventDefault()}
      onClose={() => dialog.current?.showModal()}
    >
      <CookieArt id="trouble" />
      <h2 id="trouble-title">{title}</h2>
      <p id="trouble-text">{text}</p>
      {isSeatKept && <SeatKept />}
      <button class="button" type="button" onClick={remedies[trouble] ?? (() => game.connect())}>
        {button}
      </button>
    </dialog>
  );
}

/** For how long the match that is on waits for this player. */
function SeatKept() {
  useTicking();
  const until = useSignal(game.now.peek() + (game.match.peek()?.rules.graceMs ?? 0)).value;
  const seconds = useComputed(() => secondsUntil(until, game.now.value)).value;
  return seconds > 0 ? <p>{texts.value.trouble.seatKept(seconds)}</p> : null;
}
