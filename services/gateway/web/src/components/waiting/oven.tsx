import { Dough, Rolls } from './dough.tsx';

/** Something to do while the player waits: the oven is warm, and there is dough. */
export function Oven() {
  return (
    <div class="toy">
      <div class="oven">
        <span class="oven__ring" />
        <span class="oven__ring oven__ring--late" />
        <Dough />
      </div>
      <Rolls />
    </div>
  );
}
