import './no-eval.ts';

import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { game } from './game.ts';

const root = document.getElementById('app');
if (root) render(<App />, root);
void game.open();
