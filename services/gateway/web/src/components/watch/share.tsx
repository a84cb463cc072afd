import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../../texts/texts.ts';

/** How long it is said that the link is copied, in ms. */
const saidMs = 2_500;

/** Sends the link to this page to friends, or copies it where the browser cannot send. */
export function Share() {
  const said = useSignal<'copied' | 'copyYourself'>();
  const link = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (said.value === 'copyYourself') link.current?.select();
    if (said.value !== 'copied') return;
    const timer = setTimeout(() => {
      said.value = undefined;
    }, saidMs);
    return () => clearTimeout(timer);
  }, [said.value]);

  const share = async () => {
    if ('share' in navigator) {
      await navigator.share({ title: document.title, url: location.href }).catch(() => {
        // The link is still in the address bar of whoever has thought better of it.
      });
      return;
    }
    try {
      await (navigator as Navigator).clipboard.writeText(location.href);
      said.value = 'copied';
    } catch {
      // Not allowed, or not there: a page that came by plain http has no clipboard.
      said.value = 'copyYourself';
    }
  };

  return (
    <div class="watch__share">
      <button
        class="button button--quiet"
        type="button"
        data-testid="share-link"
        onClick={() => void share()}
      >
        {texts.value.watch.share}
      </button>
      <output class={said.value ? 'watch__said panel' : 'watch__said'}>
        {said.value && texts.value.inviting[said.value]}
        {said.value === 'copyYourself' && (
          <input ref={link} readOnly value={location.href} aria-label={texts.value.watch.link} />
        )}
      </output>
    </div>
  );
}
