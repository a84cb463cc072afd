import { CookieArt } from './cookie-art.tsx';

/** A cookie that bakes while the player waits. */
export function Oven() {
  return (
    <div class="oven" aria-hidden="true">
      <span class="oven__ring" />
      <span class="oven__ring oven__ring--late" />
      <CookieArt id="oven" />
    </div>
  );
}
