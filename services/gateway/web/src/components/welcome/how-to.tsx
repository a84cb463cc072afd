import type { ComponentChildren } from 'preact';
import { texts } from '../../texts/texts.ts';
import { CookieArt } from '../cookie-art.tsx';

/** The game in three plates, for whoever has never seen it. */
export function HowTo() {
  const { how, steps } = texts.value.welcome;
  return (
    <ol class="how-to" aria-label={how}>
      <Step words={steps.click}>
        <CookieArt id="step-click" />
        <span class="how-to__crumb">+1</span>
      </Step>
      <Step words={steps.gold}>
        <span class="how-to__glow" />
        <CookieArt id="step-gold" golden />
      </Step>
      <Step words={steps.win}>
        <Stacks />
      </Step>
    </ol>
  );
}

function Step({ words, children }: { words: string; children: ComponentChildren }) {
  return (
    <li class="how-to__step">
      <span class="how-to__plate" aria-hidden="true">
        {children}
      </span>
      {words}
    </li>
  );
}

/** One's own stack of cookies, with a crown on it, beside the other one's. */
function Stacks() {
  return (
    <svg class="how-to__stacks" viewBox="0 0 100 100" aria-hidden="true">
      <path class="how-to__crown" d="M16 34 12 12l12 9 7-13 7 13 12-9-4 22Z" />
      {[40, 53, 66, 79].map((y) => (
        <rect key={y} class="how-to__mine" x="10" y={y} width="42" height="11" rx="5.5" />
      ))}
      {[66, 79].map((y) => (
        <rect key={y} class="how-to__theirs" x="57" y={y} width="34" height="11" rx="5.5" />
      ))}
    </svg>
  );
}
