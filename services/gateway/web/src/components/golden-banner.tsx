import { texts } from '../texts/texts.ts';
import { claim, sides } from '../view.ts';

/** Says for a moment who got the golden cookie. */
export function GoldenBanner() {
  const latest = claim.value;
  return (
    <div class="banner" aria-live="polite">
      {latest && (
        <p key={latest.at} class={`banner__text banner__text--${latest.by}`}>
          {latest.by === 'mine'
            ? texts.value.arena.goldenMine
            : texts.value.arena.goldenTheirs(sides.theirs.name.value)}
        </p>
      )}
    </div>
  );
}
