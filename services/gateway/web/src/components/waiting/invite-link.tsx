import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { texts } from '../../texts/texts.ts';

/** The link that invites a friend, and what sends it there. */
export function InviteLink({ link }: { link: string }) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal<'copied' | 'copyYourself' | undefined>(undefined);
  const { inviting } = texts.value;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      said.value = 'copied';
    } catch {
      // Not allowed, or not there: a page that came by plain http has no clipboard.
      input.current?.focus();
      input.current?.select();
      said.value = 'copyYourself';
    }
  };

  return (
    <div class="invite-link">
      <input
        ref={input}
        readOnly
        value={link}
        aria-label={inviting.link}
        data-testid="invite-link"
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="invite-link__actions">
        <button class="button" type="button" data-testid="copy-link" onClick={() => void copy()}>
          {inviting.copy}
        </button>
        {'share' in navigator && (
          <button class="button" type="button" data-testid="share-link" onClick={() => share(link)}>
            {inviting.share}
          </button>
        )}
      </div>
      <output class="invite-link__said">{said.value && inviting[said.value]}</output>
    </div>
  );
}

function share(url: string): void {
  navigator.share({ title: texts.value.title, text: texts.value.tagline, url }).catch(() => {
    // The player has thought better of it, and the link is still there.
  });
}
