import { type ReadonlySignal, useComputed } from '@preact/signals';

/**
 * The tug of war: whoever bakes more pulls the knot to the other side.
 * @param share the left side's part, from 0 to 1
 */
export function Rope({ share }: { share: ReadonlySignal<number | undefined> }) {
  const style = useComputed(() => `--share: ${(share.value ?? 0.5).toFixed(4)}`);
  return (
    <div class="rope" style={style} aria-hidden="true">
      <div class="rope__mine" />
      <div class="rope__knot" />
    </div>
  );
}
