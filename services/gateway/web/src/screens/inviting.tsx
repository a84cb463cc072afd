import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { NoticeLine } from '../components/notice-line.tsx';
import { InviteLink } from '../components/waiting/invite-link.tsx';
import { Oven } from '../components/waiting/oven.tsx';
import { QrCode } from '../components/waiting/qr-code.tsx';
import { formatDuration } from '../format.ts';
import { useTickingSeconds } from '../hooks.ts';
import { secondsUntil } from '../match/timing.ts';
import { game } from '../state/game.ts';
import { linkOf } from '../state/invitation.ts';
import { texts } from '../texts/texts.ts';

/** Waiting for a friend: whoever invited is shown the link, whoever follows it is not. */
export function Inviting() {
  useTickingSeconds();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { code = '', isOwn = false } = game.invitation.value ?? {};
  const { inviting, searching } = texts.value;
  const link = linkOf(code, location.href);

  return (
    <main class="screen inviting" data-testid="inviting">
      {!isOwn && <Oven />}
      <h1 ref={title} tabIndex={-1}>
        {isOwn ? inviting.title : inviting.titleGuest}
      </h1>
      <p class="inviting__facts">{isOwn ? inviting.what : inviting.whatGuest}</p>
      {isOwn ? (
        <section class="panel inviting__card" aria-label={inviting.link}>
          <div>
            <InviteLink link={link} />
            <TimeLeft />
          </div>
          <QrCode link={link} />
        </section>
      ) : (
        <TimeLeft />
      )}
      <NoticeLine />
      <button class="button button--quiet" type="button" data-testid="cancel" onClick={() => game.cancel()}>
        {searching.cancel}
      </button>
    </main>
  );
}

/** How long the invitation still holds; that is known when the server has answered. */
function TimeLeft() {
  const left = useComputed(() => {
    const expiresAt = game.wait.value?.queued?.expiresAt;
    return expiresAt === undefined ? undefined : formatDuration(secondsUntil(expiresAt, game.now.value));
  });
  if (left.value === undefined) return <p class="inviting__facts">{texts.value.inviting.asking}</p>;
  return (
    <p class="inviting__facts" role="timer" data-testid="expiry">
      {texts.value.inviting.expires} {left}
    </p>
  );
}
