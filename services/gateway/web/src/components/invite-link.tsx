import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { linkOf } from '../invitation.ts';
import { texts } from '../texts/texts.ts';

/** The link that invites a friend, and what sends it there. */
export function InviteLink({ code }: { code: string }) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal('');
  const link = linkOf(code, location.href);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      said.value = texts.value.inviting.copied;
    } catch {
      // Not allowed, or not there: a page that came by plain http has no clipboard.
      input.current?.focus();
      input.current?.select();
      said.value = texts.value.inviting.copyYourself;
    }
  };

  return (
    <section class="panel invite-link" aria-label={texts.value.inviting.link}>
      <input
        ref={input}
        readOnly
        value={link}
        aria-label={texts.value.inviting.link}
        data-testid="invite-link"
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="invite-link__actions">
        <button class="button" type="button" data-testid="copy-link" onClick={() => void copy()}>
          {texts.value.inviting.copy}
        </button>
        {'share' in navigator && (
          <button class="button" type="button" data-testid="share-link" onClick={() => share(link)}>
            {texts.value.inviting.share}
          </button>
        )}
      </div>
      <output class="invite-link__said">{said}</output>
    </section>
  );
}

function share(url: string): void {
  navigator.share({ title: texts.value.title, text: texts.value.tagline, url }).catch(() => {
    // The player has thought better of it, and the link is still there.
  });
}
