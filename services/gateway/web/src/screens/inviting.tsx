import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { InviteLink } from '../components/invite-link.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { Oven } from '../components/oven.tsx';
import { formatDuration } from '../format.ts';
import { game } from '../game.ts';
import { useTicking } from '../hooks.ts';
import { texts } from '../texts/texts.ts';
import { secondsUntil } from '../timing.ts';

/** Waiting for a friend: whoever invited is shown the link, whoever follows it is not. */
export function Inviting() {
  useTicking();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { code = '', isOwn = false } = game.invitation.value ?? {};

  return (
    <main class="screen searching searching--inviting" data-testid="inviting">
      <Oven />
      <h1 ref={title} tabIndex={-1}>
        {isOwn ? texts.value.inviting.title : texts.value.inviting.titleGuest}
      </h1>
      <p class="searching__facts">{isOwn ? texts.value.inviting.what : texts.value.inviting.whatGuest}</p>
      {isOwn && <InviteLink code={code} />}
      <TimeLeft />
      <NoticeLine />
      <button class="button button--quiet" type="button" data-testid="cancel" onClick={() => game.cancel()}>
        {texts.value.searching.cancel}
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
  if (left.value === undefined) return <p class="searching__facts">{texts.value.inviting.asking}</p>;
  return (
    <p class="searching__facts" role="timer" data-testid="expiry">
      {texts.value.inviting.expires} {left}
    </p>
  );
}
