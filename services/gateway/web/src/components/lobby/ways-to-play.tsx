import { useComputed } from '@preact/signals';
import { game } from '../../state/game.ts';
import { records } from '../../state/records.ts';
import { texts } from '../../texts/texts.ts';

/** Against whoever comes, a friend, or a bot where there is one; and how many wait. */
export function WaysToPlay() {
  const { lobby } = texts.value;
  const waiting = useComputed(() => records.news.data?.waiting).value;
  const hasBots = useComputed(() => records.news.data?.practice === true).value;
  return (
    <div class="ways">
      <button class="button button--big" type="button" data-testid="play" onClick={() => game.play()}>
        {lobby.play}
      </button>
      <p class="ways__waiting" data-testid="waiting">
        {waiting !== undefined && (
          <>
            <span class={waiting > 0 ? 'dot dot--lit' : 'dot'} aria-hidden="true" />
            {lobby.waiting(waiting)}
          </>
        )}
      </p>
      <button class="button button--quiet" type="button" data-testid="invite" onClick={() => game.invite()}>
        {lobby.invite}
      </button>
      {hasBots && (
        <button
          class="button button--quiet"
          type="button"
          data-testid="practise-now"
          onClick={() => game.practise()}
        >
          {lobby.practise}
        </button>
      )}
    </div>
  );
}
