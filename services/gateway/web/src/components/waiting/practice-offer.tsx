import { useComputed } from '@preact/signals';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';

/** Offers a bot to whoever waits alone, when the server has one. */
export function PracticeOffer() {
  const isOffered = useComputed(() => {
    const wait = game.wait.value;
    return wait?.kind === 'ranked' && wait.queued?.practice === true;
  }).value;
  return (
    <div class="practice-offer" aria-live="polite" data-testid="practice-offer">
      {isOffered && (
        <div class="panel">
          <p>
            {texts.value.searching.practiceOffer} <small>{texts.value.searching.practiceUnrated}</small>
          </p>
          <button class="button" type="button" data-testid="practise" onClick={() => game.practise()}>
            {texts.value.searching.practice}
          </button>
        </div>
      )}
    </div>
  );
}
