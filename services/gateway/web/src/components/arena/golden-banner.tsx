import type { ReadonlySignal } from '@preact/signals';
import type { Match } from '../../match/match.ts';
import { texts } from '../../texts/texts.ts';

/**
 * Says for a moment who got the golden cookie.
 * @param names whom it names; without a name for `mine`, that one is "you"
 */
export function GoldenBanner({
  claim,
  names,
}: {
  claim: ReadonlySignal<Match['claim']>;
  names: { mine?: ReadonlySignal<string>; theirs: ReadonlySignal<string> };
}) {
  const latest = claim.value;
  const name = latest && names[latest.by]?.value;
  return (
    <div class="banner" aria-live="polite">
      {latest && (
        <p key={latest.at} class={`banner__text banner__text--${latest.by}`}>
          {name === undefined ? texts.value.arena.goldenMine : texts.value.arena.goldenTheirs(name)}
        </p>
      )}
    </div>
  );
}
