import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { game } from '../game.ts';
import { texts } from '../texts/texts.ts';
import { type Trouble, troubleOf } from '../trouble.ts';

/** Says what is wrong with the connection: calmly while it passes by itself, else with a button. */
export function TroubleBanner() {
  const trouble = useComputed(() => troubleOf(game.connection.value)).value;
  if (!trouble) return null;
  if (trouble !== 'reconnecting') return <TroubleDialog key={trouble} trouble={trouble} />;
  return (
    <output class="trouble" data-testid="connection">
      {texts.value.trouble.reconnecting.text}
    </output>
  );
}

/** Covers the page until its button is used: nothing on it works without a connection. */
function TroubleDialog({ trouble }: { trouble: Exclude<Trouble, 'reconnecting'> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { text, button } = texts.value.trouble[trouble];
  return (
    <dialog
      ref={dialog}
      class="panel trouble-dialog"
      data-testid="connection"
      aria-label={text}
      onCancel={(event) => event.preventDefault()}
    >
      <p>{text}</p>
      <button
        class="button"
        type="button"
        onClick={() => (trouble === 'unauthorized' ? game.expire() : game.connect())}
      >
        {button}
      </button>
    </dialog>
  );
}
