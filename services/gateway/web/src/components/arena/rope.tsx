import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { RopeFlag } from '../../view.ts';

/** A baker's mitt that pulls, seen from the left end: the hand, and its cuff. */
const mitt = ['M10 9Q13 2 19 1t7 5q0 3-2 4h8q11 0 11 10t-11 10H10z', 'M2 7h9v25H2z'];

/**
 * The tug of war over a rope of dough: whoever bakes more pulls the knot to their side.
 * @param share how far the left one has, from 0 to 1; 0.5 is level
 * @param flag what the flag at the knot says, and to which side it points
 */
export function Rope({
  share,
  flag,
}: {
  share: ReadonlySignal<number | undefined>;
  flag?: ReadonlySignal<RopeFlag>;
}) {
  // In steps that can be seen, so that not every click moves it.
  const style = useComputed(() => `--share: ${(share.value ?? 0.5).toFixed(2)}`);
  return (
    <div class="rope" style={style} aria-hidden="true">
      <div class="rope__pulled rope__pulled--mine" />
      <div class="rope__pulled rope__pulled--theirs" />
      <Mitt of="mine" />
      <Mitt of="theirs" />
      <div class="rope__knot" />
      {flag && <Flag flag={flag} />}
    </div>
  );
}

function Mitt({ of }: { of: string }) {
  return (
    <svg class={`rope__mitt rope__mitt--${of}`} viewBox="0 0 44 34" aria-hidden="true">
      {mitt.map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}

function Flag({ flag }: { flag: ReadonlySignal<RopeFlag> }) {
  const style = useComputed(() => `rope__flag rope__flag--${flag.value.by ?? 'level'}`);
  const text = useComputed(() => flag.value.text);
  const points = useComputed(() => flag.value.points);
  return (
    <div class="rope__way">
      <span class={style} data-testid="lead-flag">
        <bdi class="rope__name">{text}</bdi>
        <span class="rope__points">{points}</span>
      </span>
    </div>
  );
}
