import { clock, hurry } from '../../view.ts';

/** From so many seconds on each is shown large. */
const largeFrom = 5;

/** The last seconds, large over the field. The clock says them too. */
export function FinalSeconds() {
  const seconds = hurry.value ? clock.value : undefined;
  if (seconds === undefined || seconds > largeFrom) return null;
  return (
    <div key={seconds} class="final-second" aria-hidden="true">
      {seconds}
    </div>
  );
}
