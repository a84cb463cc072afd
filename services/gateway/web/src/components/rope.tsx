import { useComputed } from '@preact/signals';
import { rope } from '../view.ts';

/** The tug of war: whoever bakes more pulls the knot to the other side. */
export function Rope() {
  const style = useComputed(() => `--share: ${(rope.value ?? 0.5).toFixed(4)}`);
  return (
    <div class="rope" style={style} aria-hidden="true">
      <div class="rope__mine" />
      <div class="rope__knot" />
    </div>
  );
}
