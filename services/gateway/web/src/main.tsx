import './no-eval.ts';

import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { game } from './game.ts';
import { settings } from './settings.ts';

settings.open();
const root = document.getElementById('app');
if (root) render(<App />, root);
void game.open();
