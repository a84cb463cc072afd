import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../components/avatar.tsx';
import { History } from '../components/lobby/history.tsx';
import { Leaderboard } from '../components/lobby/leaderboard.tsx';
import { LiveCard } from '../components/lobby/live-card.tsx';
import { Profile } from '../components/lobby/profile.tsx';
import { WaysToPlay } from '../components/lobby/ways-to-play.tsx';
import { Logo } from '../components/logo.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { account } from '../state/account.ts';
import { game } from '../state/game.ts';
import { records } from '../state/records.ts';
import { texts } from '../texts/texts.ts';

/** A result is recorded a moment after the match is over: what is fetched on the way in may lack it. */
const againAfterMs = 1_500;

/** Where a player starts a match, sees how the earlier ones went, and what goes on. */
export function Lobby() {
  const { name = '', picture = '' } = account.session.value ?? {};
  const title = useRef<HTMLHeadingElement>(null);
  const isOpen = useComputed(() => game.connection.value?.state === 'open').value;
  useEffect(() => {
    // The button that led here is gone, and with it the place where a keyboard's user was.
    title.current?.focus({ preventScroll: true });
    records.load();
    const again = setTimeout(() => records.load(), againAfterMs);
    const stopFollowing = records.follow();
    return () => {
      clearTimeout(again);
      stopFollowing();
    };
  }, []);
  useEffect(() => {
    if (isOpen) records.retry();
  }, [isOpen]);

  return (
    <main class="screen lobby" data-testid="lobby">
      <header class="lobby__header">
        <Logo />
        <button
          class="button button--quiet"
          type="button"
          data-testid="log-out"
          onClick={() => void game.logOut()}
        >
          {texts.value.lobby.logOut}
        </button>
      </header>
      <section class="panel lobby__play">
        <Avatar name={name} picture={picture} />
        <div class="lobby__who">
          <h1 ref={title} tabIndex={-1}>
            <small>{texts.value.lobby.hello}</small>
            <bdi>{name}</bdi>
          </h1>
          <Profile />
        </div>
        <WaysToPlay />
        <NoticeLine />
      </section>
      <LiveCard />
      <Leaderboard />
      <History />
    </main>
  );
}
