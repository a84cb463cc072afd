import { useEffect, useRef } from 'preact/hooks';
import { game } from '../game.ts';
import { flightOfOwn, type Spot, squashAt } from '../motion.ts';
import { Particles, prefersStillness } from '../particles.ts';
import { type Place, pressHandlers } from '../press.ts';
import { texts } from '../texts/texts.ts';
import { clickLabel } from '../view.ts';
import { CookieArt } from './cookie-art.tsx';

/** The cookie that both click. The button stands still and its picture gives way, so that no press misses. */
export function BigCookie() {
  const button = useRef<HTMLButtonElement>(null);
  const art = useRef<HTMLSpanElement>(null);
  const crumbs = useRef<HTMLDivElement>(null);
  const particles = useRef<Particles>(undefined);
  const squash = useRef<Animation>(undefined);

  useEffect(() => {
    if (crumbs.current) particles.current = new Particles(crumbs.current);
    // Space and Enter bake from the first moment on.
    button.current?.focus({ preventScroll: true });
  }, []);

  const press = (place: Place) => {
    if (!art.current || !button.current || !crumbs.current) return;
    // Measured before anything is changed, so that the page is laid out once and not twice.
    const onCookie = within(button.current, place);
    const onField = within(crumbs.current, place);
    const still = prefersStillness();
    const baked = game.bake();
    squash.current?.cancel();
    squash.current = art.current.animate(...squashAt(onCookie, still));
    if (baked) particles.current?.launch(clickLabel('mine'), ...flightOfOwn(onField, still));
  };

  return (
    <>
      <button
        ref={button}
        class="cookie"
        type="button"
        data-testid="cookie"
        aria-label={texts.value.arena.cookie}
        {...pressHandlers(press)}
      >
        <span ref={art} class="cookie__art">
          <CookieArt id="cookie" />
        </span>
      </button>
      <div ref={crumbs} class="particles particles--mine" aria-hidden="true" />
    </>
  );
}

/** Where in the element, in per cent; its middle when there is no place. */
function within(element: HTMLElement, place: Place): Spot {
  if (!place) return { x: 50, y: 50 };
  const box = element.getBoundingClientRect();
  return { x: (100 * (place.x - box.left)) / box.width, y: (100 * (place.y - box.top)) / box.height };
}
