import { useComputed } from '@preact/signals';
import { watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';

/** How the watching goes, and a way to play. */
export function LiveFoot() {
  const words = texts.value.watch;
  const news = useComputed(() => {
    if (watching.trouble.value) return words.unrecorded;
    if (watching.live.value?.isOver) return texts.value.arena.timeUp;
    const state = watching.connection.value?.state;
    if (state === 'reconnecting') return words.reconnecting;
    return state === 'closed' ? words.closed : undefined;
  }).value;
  const isStuck = useComputed(
    () =>
      watching.trouble.value !== undefined ||
      (watching.connection.value?.state === 'closed' && !watching.live.value?.isOver),
  ).value;
  return (
    <div class="live-foot">
      <p role="status" class={news ? 'live-foot__news' : ''} data-testid="connection">
        {news}
      </p>
      {isStuck && (
        <button class="button" type="button" onClick={() => watching.retry()}>
          {words.retry}
        </button>
      )}
      <a class="button button--quiet" href="/">
        {words.playYourself}
      </a>
    </div>
  );
}
