import { SettingsMenu } from './components/settings/settings-menu.tsx';
import { TroubleBanner } from './components/trouble/trouble-banner.tsx';
import { Arena } from './screens/arena.tsx';
import { Inviting } from './screens/inviting.tsx';
import { Lobby } from './screens/lobby.tsx';
import { Opening } from './screens/opening.tsx';
import { Result } from './screens/result.tsx';
import { Searching } from './screens/searching.tsx';
import { Welcome } from './screens/welcome.tsx';
import { game, type Screen } from './state/game.ts';

const screens: Record<Screen, () => preact.JSX.Element | null> = {
  opening: Opening,
  welcome: Welcome,
  lobby: Lobby,
  searching: Searching,
  inviting: Inviting,
  arena: Arena,
  result: Result,
};

/** The page: one screen, the settings, and what is wrong with the connection. */
export function App() {
  const Current = screens[game.screen.value];
  return (
    <>
      {/* The arena has a place of its own for them, where nobody clicks. */}
      {game.screen.value !== 'arena' && <SettingsMenu />}
      <Current />
      <TroubleBanner />
    </>
  );
}
