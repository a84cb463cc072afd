import type { ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { drift } from '../../arena/drift.ts';
import { prefersStillness } from '../../arena/particles.ts';
import { pressHandlers } from '../../arena/press.ts';
import type { Match } from '../../match/match.ts';
import { texts } from '../../texts/texts.ts';
import { CookieArt } from '../cookie-art.tsx';

interface Props {
  golden: ReadonlySignal<Match['golden']>;
  /** What a claim of it brings. */
  worth?: ReadonlySignal<string | undefined>;
  /** Left out where it can only be looked at. */
  onClaim?: () => void;
  /** The key that claims it from elsewhere. */
  shortcut?: string;
  /** Where the focus goes when it was on the cookie and that is gone. */
  home?: RefObject<HTMLElement | null>;
}

/** From the middle outwards, ten times round. */
const rays = Array.from({ length: 10 }, (_, i) => {
  const side = (turn: number) =>
    [Math.cos, Math.sin].map((f) => Math.round(100 * f(((i + turn) * Math.PI) / 5)));
  return `M0 0L${side(-0.17)}L${side(0.17)}Z`;
}).join('');

/** The golden cookie, while there is one: it rolls over the field and wants to be caught. */
export function GoldenCookie(props: Props) {
  const current = props.golden.value;
  return (
    <div class="golden-field">
      {current && <Golden key={`${current.id} ${current.x} ${current.y}`} at={current} {...props} />}
    </div>
  );
}

function Golden({ at, worth, onClaim, shortcut, home }: Props & { at: NonNullable<Match['golden']> }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    const field = element?.parentElement;
    if (!element || !field) return;
    const way = () =>
      drift(at, at.id ?? at.x + at.y, { width: field.clientWidth, height: field.clientHeight });
    const rolling = prefersStillness() ? undefined : element.animate(...way());
    // The way is told in px of the field: when a phone is turned, it would lead out of it.
    const resizes = new ResizeObserver(() => {
      if (rolling?.effect instanceof KeyframeEffect) rolling.effect.setKeyframes(way()[0]);
    });
    resizes.observe(field);
    return () => {
      resizes.disconnect();
      if (document.activeElement === element) home?.current?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <button
      ref={button}
      class="golden"
      type="button"
      data-testid="golden-cookie"
      aria-keyshortcuts={shortcut}
      disabled={!onClaim}
      style={{ left: `${at.x}%`, top: `${at.y}%` }}
      {...pressHandlers(() => onClaim?.())}
    >
      <span class="unseen">{onClaim ? texts.value.arena.golden : texts.value.watch.golden}</span>
      <span class="golden__glow" />
      <Rays />
      <span class="golden__art">
        <CookieArt id="golden" golden />
      </span>
      {worth && <span class="golden__worth">{worth}</span>}
      {shortcut && <kbd class="golden__key">{shortcut}</kbd>}
    </button>
  );
}

/** A picture that is drawn once and turned, since a mask would be drawn with every turn. */
function Rays() {
  return (
    <svg class="golden__rays" viewBox="-100 -100 200 200" aria-hidden="true">
      <radialGradient id="golden-rays" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="100">
        <stop offset=".4" stop-color="#ffec96" />
        <stop offset="1" stop-color="#ffec96" stop-opacity="0" />
      </radialGradient>
      <path d={rays} fill="url(#golden-rays)" />
    </svg>
  );
}
