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
        class="button button--quiet watch__share-button"
        type="button"
        aria-label={texts.value.watch.share}
        data-testid="share-link"
        onClick={() => void share()}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5">
          <path d="M8 10.8 16.2 6M8 13.2 16.2 18" />
          <circle cx="5.6" cy="12" r="2.8" fill="currentColor" />
          <circle cx="18.4" cy="4.8" r="2.8" fill="currentColor" />
          <circle cx="18.4" cy="19.2" r="2.8" fill="currentColor" />
        </svg>
        <span>{texts.value.watch.share}</span>
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
