import type { ReadonlySignal } from '@preact/signals';
import { texts } from '../../texts/texts.ts';
import type { BonusView } from '../../view.ts';

/** "×2" at a bar that runs down, while there is a bonus. */
export function BonusBar({ bonus }: { bonus: ReadonlySignal<BonusView | undefined> }) {
  const { value } = bonus;
  if (!value) return null;
  // A page that was reloaded in the middle joins the bar where it is.
  const run = { animationDuration: `${value.lengthMs}ms`, animationDelay: `${-value.elapsedMs}ms` };
  return (
    <>
      <span key={value.until} class="bonus__bar" style={run} />
      <span class="bonus">{texts.value.arena.bonus(value.factor)}</span>
    </>
  );
}
