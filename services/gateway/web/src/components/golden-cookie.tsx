import { game } from '../game.ts';
import { pressHandlers } from '../press.ts';
import { texts } from '../texts/texts.ts';
import { golden } from '../view.ts';
import { CookieArt } from './cookie-art.tsx';

/** The golden cookie, while there is one. Only what is inside the button moves. */
export function GoldenCookie() {
  const current = golden.value;
  return (
    <div class="golden-field">
      {current && (
        <button
          key={`${current.id} ${current.x} ${current.y}`}
          class="golden"
          type="button"
          data-testid="golden-cookie"
          aria-label={texts.value.arena.golden}
          style={{ left: `${current.x}%`, top: `${current.y}%` }}
          {...pressHandlers(() => game.claimGolden())}
        >
          <span class="golden__glow" />
          <span class="golden__art">
            <CookieArt id="golden" golden />
          </span>
        </button>
      )}
    </div>
  );
}
