import { formatNumber } from '../../format.ts';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';
import { Delta } from '../delta.tsx';

/** What the match that has ended did to the own rating. */
export function RatingChange() {
  const match = game.match.value;
  const delta = match?.result?.ratingDelta;
  if (match?.mode === 'practice') {
    return (
      <p class="rating-change" data-testid="rating-change">
        {texts.value.result.practice}
      </p>
    );
  }
  // A match that might have counted and did not is nothing to speak of.
  if (!match || delta === undefined) return null;
  return (
    <p class="rating-change" data-testid="rating-change">
      {texts.value.result.rating}{' '}
      {match.mine.rating !== undefined && <strong>{formatNumber(match.mine.rating + delta)}</strong>}{' '}
      <Delta points={delta} />
    </p>
  );
}
