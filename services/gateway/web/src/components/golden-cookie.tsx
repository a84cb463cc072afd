import type { ReadonlySignal } from '@preact/signals';
import type { Match } from '../match.ts';
import { pressHandlers } from '../press.ts';
import { texts } from '../texts/texts.ts';
import { CookieArt } from './cookie-art.tsx';

/** The golden cookie, while there is one. It can be claimed where somebody plays, and only looked at elsewhere. */
export function GoldenCookie({
  golden,
  onClaim,
}: {
  golden: ReadonlySignal<Match['golden']>;
  onClaim?: () => void;
}) {
  const current = golden.value;
  return (
    <div class="golden-field">
      {current && (
        <button
          key={`${current.id} ${current.x} ${current.y}`}
          class="golden"
          type="button"
          data-testid="golden-cookie"
          aria-label={onClaim ? texts.value.arena.golden : texts.value.watch.golden}
          disabled={!onClaim}
          style={{ left: `${current.x}%`, top: `${current.y}%` }}
          {...pressHandlers(() => onClaim?.())}
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
