import { useComputed } from '@preact/signals';
import type { RefObject } from 'preact';
import { teeth } from '../../arena/bites.ts';
import { attraction, bites, isGilded, mood } from '../../watch-view.ts';
import { LivingFace } from '../arena/living-face.tsx';
import { CookieArt } from '../cookie-art.tsx';

/** The cookie that others click, as both of them see it. @param art what gives way under a click */
export function WatchedCookie({ art }: { art: RefObject<HTMLSpanElement | null> }) {
  const holes = useComputed(() => [...teeth(bites.p1.value, -1), ...teeth(bites.p2.value, 1)]);
  return (
    <div class="cookie" aria-hidden="true">
      <span class="cookie__shiver">
        <span ref={art} class="cookie__art">
          <CookieArt id="cookie" face golden={isGilded.value} holes={holes.value} />
          <LivingFace mood={mood} attraction={attraction} />
        </span>
      </span>
    </div>
  );
}
