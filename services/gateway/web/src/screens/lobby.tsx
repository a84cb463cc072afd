import { useEffect } from 'preact/hooks';
import { account } from '../account.ts';
import { Avatar } from '../components/avatar.tsx';
import { History } from '../components/history.tsx';
import { Leaderboard } from '../components/leaderboard.tsx';
import { Logo } from '../components/logo.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { Profile } from '../components/profile.tsx';
import { game } from '../game.ts';
import { records } from '../records.ts';
import { texts } from '../texts/texts.ts';

/** A result is recorded a moment after the match is over: what is fetched on the way in may lack it. */
const againAfterMs = 1_500;

/** Where a player starts a match, and sees how the earlier ones went. */
export function Lobby() {
  const { name = '', picture = '' } = account.session.value ?? {};
  useEffect(() => {
    records.load();
    const again = setTimeout(() => records.load(), againAfterMs);
    return () => clearTimeout(again);
  }, []);

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
          <h1>
            <small>{texts.value.lobby.hello}</small>
            <bdi>{name}</bdi>
          </h1>
          <Profile />
        </div>
        <div class="lobby__actions">
          <button class="button button--big" type="button" data-testid="play" onClick={() => game.play()}>
            {texts.value.lobby.play}
          </button>
          <button
            class="button button--quiet"
            type="button"
            data-testid="invite"
            onClick={() => game.invite()}
          >
            {texts.value.lobby.invite}
          </button>
        </div>
        <NoticeLine />
      </section>
      <Leaderboard />
      <History />
    </main>
  );
}
