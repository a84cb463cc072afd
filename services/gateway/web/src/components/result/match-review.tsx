import { useEffect } from 'preact/hooks';
import type { Match } from '../../match/match.ts';
import { review } from '../../state/review.ts';
import { watchAddress } from '../../state/route.ts';
import { texts } from '../../texts/texts.ts';
import { Loaded } from '../loaded.tsx';
import { MatchFacts } from './match-facts.tsx';
import { ScoreCurve } from './score-curve.tsx';
import { ShareButton } from './share-button.tsx';

/** How the match that is over went: the curve, the facts, its replay, and a picture of it to share. */
export function MatchReview({ match }: { match: Match }) {
  useEffect(() => {
    void review.load();
    return () => review.reset();
  }, []);
  const { role: mine } = match;
  const [my, their] = [match.mine.name, match.theirs.name];
  const names = mine === 'p1' ? { p1: my, p2: their } : { p1: their, p2: my };
  return (
    <section class="panel review" aria-labelledby="review-title" data-testid="review">
      <h2 id="review-title">{texts.value.result.review}</h2>
      <Loaded of={review.current} retry={() => review.load()}>
        {(data) =>
          data && (
            <>
              <ScoreCurve
                timeline={data.timeline}
                mine={mine}
                names={{ ...names, [mine]: texts.value.result.curve.you }}
              />
              <MatchFacts facts={data.facts} mine={mine} names={names} />
              <div class="review__actions">
                <a
                  class="button button--quiet"
                  href={watchAddress(match.roomId)}
                  data-testid="watch-replay-link"
                >
                  {texts.value.result.watch}
                </a>
                {/* Of a match that is not recorded to its end, a picture could not say who won. */}
                {data.timeline.recording.over && <ShareButton timeline={data.timeline} mine={mine} />}
              </div>
            </>
          )
        }
      </Loaded>
    </section>
  );
}
