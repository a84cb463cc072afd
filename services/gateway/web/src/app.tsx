import { Logo } from './components/logo.tsx';
import { TroubleBanner } from './components/trouble-banner.tsx';
import { game, type Screen } from './game.ts';
import { Arena } from './screens/arena.tsx';
import { Inviting } from './screens/inviting.tsx';
import { Lobby } from './screens/lobby.tsx';
import { Result } from './screens/result.tsx';
import { Searching } from './screens/searching.tsx';
import { Welcome } from './screens/welcome.tsx';
import { texts } from './texts/texts.ts';

const screens: Record<Screen, () => preact.JSX.Element | null> = {
  opening: Opening,
  welcome: Welcome,
  lobby: Lobby,
  searching: Searching,
  inviting: Inviting,
  arena: Arena,
  result: Result,
};

/** The page: one screen, and what is wrong with the connection. */
export function App() {
  const Current = screens[game.screen.value];
  return (
    <>
      <Current />
      <TroubleBanner />
    </>
  );
}

function Opening() {
  return (
    <main class="screen opening">
      <Logo />
      <p>{texts.value.opening}</p>
    </main>
  );
}
