import { formatDelta } from '../format.ts';
import { texts } from '../texts/texts.ts';

/** What a match changed a rating by, for instance "+12". */
export function Delta({ points }: { points: number }) {
  const way = points > 0 ? 'up' : points < 0 ? 'down' : 'even';
  return (
    <span class={`delta delta--${way}`} title={texts.value.lobby.ratingChange}>
      {formatDelta(points)}
    </span>
  );
}
