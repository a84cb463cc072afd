import { texts } from '../texts/texts.ts';
import { CookieArt } from './cookie-art.tsx';

/** The game's name with its cookie. */
export function Logo() {
  return (
    <div class="logo">
      <CookieArt id="logo" />
      <span>{texts.value.title}</span>
    </div>
  );
}
