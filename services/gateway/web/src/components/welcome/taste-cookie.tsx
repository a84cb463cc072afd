import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { middle, spotIn } from '../../arena/boxes.ts';
import { flightOfOwn, squashAt } from '../../arena/motion.ts';
import { Particles, prefersStillness } from '../../arena/particles.ts';
import { type Place, pressHandlers } from '../../arena/press.ts';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';
import { CookieArt } from '../cookie-art.tsx';

/** After so many presses the cookie has something else to say. */
const pressesAWord = 8;

/** A cookie to press before there is a match: it gives way like the one that counts, and minds. */
export function TasteCookie() {
  const button = useRef<HTMLButtonElement>(null);
  const art = useRef<HTMLSpanElement>(null);
  const crumbs = useRef<HTMLSpanElement>(null);
  const particles = useRef<Particles>(undefined);
  const words = useComputed(() => {
    const said = Math.floor(game.tastes.value / pressesAWord);
    const all = texts.value.welcome.cookieSays;
    return said === 0 ? '' : all[(said - 1) % all.length];
  });

  useEffect(() => {
    if (crumbs.current) particles.current = new Particles(crumbs.current);
  }, []);

  const press = (place: Place) => {
    if (!button.current || !art.current) return;
    const box = button.current.getBoundingClientRect();
    const spot = place ? spotIn(box, place) : middle;
    art.current.animate(...squashAt(spot, prefersStillness()));
    particles.current?.launch('+1', ...flightOfOwn(spot, prefersStillness()));
    game.tastes.value++;
  };

  return (
    <div class="taste">
      <button
        ref={button}
        class="taste__cookie"
        type="button"
        data-testid="taste-cookie"
        aria-label={texts.value.welcome.cookie}
        {...pressHandlers(press)}
      >
        <span ref={art} class="taste__art">
          <CookieArt id="taste" />
        </span>
        <span ref={crumbs} class="particles particles--mine" aria-hidden="true" />
      </button>
      <output class="taste__words">{words}</output>
    </div>
  );
}
