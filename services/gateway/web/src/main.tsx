import './no-eval.ts';

import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { keepPage } from './keep-page.ts';
import { game } from './state/game.ts';
import { watchedRoom } from './state/route.ts';
import { settings } from './state/settings.ts';
import { WatchPage } from './watch-page.tsx';

settings.open();
keepPage();
const root = document.getElementById('app');
const room = watchedRoom();
if (root) render(room === undefined ? <App /> : <WatchPage roomId={room} />, root);
// Whoever only watches connects as no player: their own match in another tab must not be taken over.
if (room === undefined)
  void game.open().then(async () => {
    // Sound waits until there is something to look at. A page that cannot have it is silent, and no worse.
    const feedback = await import('./feedback/feedback.ts').catch(() => undefined);
    feedback?.startFeedback();
  });
