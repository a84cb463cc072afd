import { useComputed } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { teeth } from '../../arena/bites.ts';
import { middle, spotIn, useBoxes } from '../../arena/boxes.ts';
import { attraction, bites, heat, mood } from '../../arena/cookie-view.ts';
import { crumble, flightOfOwn, squashAt } from '../../arena/motion.ts';
import { Particles, prefersStillness } from '../../arena/particles.ts';
import { type Place, pressHandlers } from '../../arena/press.ts';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';
import { clickLabel, sides } from '../../view.ts';
import { CookieArt } from '../cookie-art.tsx';
import { LivingFace } from './living-face.tsx';

/** Claims the golden cookie while the big one has the focus: a keyboard's user need not go to it and back. */
export const goldenKey = 'G';

/** The cookie that both click. The button stands still and its picture gives way, so that no press misses. */
export function BigCookie({ button }: { button: RefObject<HTMLButtonElement | null> }) {
  const art = useRef<HTMLSpanElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const crumbs = useRef<HTMLDivElement>(null);
  const flying = useRef<{ points: Particles; crumbs: Particles }>(undefined);
  const squash = useRef<Animation>(undefined);
  const boxes = useBoxes(button, field);
  const style = useComputed(() => `cookie cookie--heat-${heat.value}`);

  useEffect(() => {
    if (field.current && crumbs.current)
      flying.current = { points: new Particles(field.current), crumbs: new Particles(crumbs.current) };
    // Space and Enter bake from the first moment on.
    button.current?.focus({ preventScroll: true });
  }, []);

  const press = (place: Place) => {
    const [cookie, around] = boxes();
    if (!art.current || !cookie || !around) return;
    const onField = place ? spotIn(around, place) : middle;
    const still = prefersStillness();
    const baked = game.bake();
    squash.current?.cancel();
    squash.current = art.current.animate(...squashAt(place ? spotIn(cookie, place) : middle, still));
    if (!baked) return;
    flying.current?.points.launch(clickLabel('mine'), ...flightOfOwn(onField, still));
    if (!still) flying.current?.crumbs.launch('', ...crumble(onField));
  };

  return (
    <>
      <button
        ref={button}
        class={style}
        type="button"
        data-testid="cookie"
        aria-label={texts.value.arena.cookie}
        {...pressHandlers(press, { [goldenKey]: () => game.claimGolden() })}
      >
        <span class="cookie__oven" />
        <span class="cookie__shiver">
          <span ref={art} class="cookie__art">
            <Dough />
            <LivingFace mood={mood} attraction={attraction} />
          </span>
        </span>
      </button>
      <Hot />
      <div ref={crumbs} class="particles particles--crumbs" aria-hidden="true" />
      <div ref={field} class="particles particles--mine" aria-hidden="true" />
    </>
  );
}

/** Bitten from both sides, and golden while the own clicks count more. */
function Dough() {
  const holes = [...teeth(bites.mine.value, -1), ...teeth(bites.theirs.value, 1)];
  const golden = useComputed(() => sides.mine.bonus.value !== undefined).value;
  return <CookieArt id="cookie" face golden={golden} holes={holes} />;
}

/** Cheers whoever clicks fast. */
function Hot() {
  const cheer = texts.value.arena.hot[heat.value];
  if (!cheer) return null;
  return (
    <span key={cheer} class="hot" aria-hidden="true">
      {cheer}
    </span>
  );
}
