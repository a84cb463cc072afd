import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ShareDialogProps } from '../../share/share-dialog.tsx';
import { texts } from '../../texts/texts.ts';

type ShareDialog = typeof import('../../share/share-dialog.tsx').ShareDialog;

/** Opens what makes a picture of the match, which is fetched only then: few will. */
export function ShareButton(match: Omit<ShareDialogProps, 'onClose'>) {
  const button = useRef<HTMLButtonElement>(null);
  const dialog = useSignal<ShareDialog | undefined>(undefined);
  const isUnavailable = useSignal(false);

  const open = async () => {
    try {
      const { ShareDialog } = await import('../../share/share-dialog.tsx');
      dialog.value = ShareDialog;
      isUnavailable.value = false;
    } catch {
      // The connection is gone, or the page is older than the server's files.
      isUnavailable.value = true;
    }
  };
  const close = () => {
    dialog.value = undefined;
    button.current?.focus();
  };

  const Dialog = dialog.value;
  const words = texts.value.result.share;
  return (
    <>
      <button
        ref={button}
        class="button button--quiet"
        type="button"
        data-testid="share"
        onClick={() => void open()}
      >
        {words.button}
      </button>
      <output class="review__said">{isUnavailable.value && words.unavailable}</output>
      {Dialog && <Dialog {...match} onClose={close} />}
    </>
  );
}
