import { useEffect, useRef } from 'preact/hooks';
import { SideScore } from '../components/arena/side-score.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { CrumbRain } from '../components/result/crumb-rain.tsx';
import { MatchReview } from '../components/result/match-review.tsx';
import { RatingChange } from '../components/result/rating-change.tsx';
import { Rematch } from '../components/result/rematch.tsx';
import { VerdictCookie } from '../components/result/verdict-cookie.tsx';
import { expressionOf, verdictOn } from '../match/verdict.ts';
import { game } from '../state/game.ts';
import { texts } from '../texts/texts.ts';
import { rematch, sides } from '../view.ts';

/** Who won, how it went, and what next. */
export function Result() {
  const title = useRef<HTMLHeadingElement>(null);
  const isRematchPossible = rematch.value !== 'impossible';
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    // The button that had the focus may have gone.
    if (!isRematchPossible && document.activeElement === document.body) title.current?.focus();
  }, [isRematchPossible]);
  const match = game.match.value;
  const result = match?.result;
  if (!result) return null;
  const words = texts.value.result.title[result.outcome];

  return (
    <main class={`screen result result--${result.outcome}`} data-testid="result">
      {result.outcome === 'won' && <CrumbRain />}
      <div class="result__main">
        <div class="result__verdict">
          <VerdictCookie id="verdict" expression={expressionOf(result)} />
          <div class="result__words" aria-live="assertive">
            <h1
              ref={title}
              tabIndex={-1}
              aria-describedby="verdict-words"
              style={{ '--letters': words.length }}
              data-testid="result-title"
            >
              {words}
            </h1>
            <p id="verdict-words" data-testid="verdict">
              {verdictOn(match, result, texts.value)}
            </p>
          </div>
        </div>
        <section class="panel result__scores" aria-label={texts.value.result.scores}>
          <SideScore side={sides.mine} testId="my-score" whose="mine" />
          <SideScore side={sides.theirs} testId="opponent-score" whose="theirs" />
          <RatingChange />
        </section>
        <NoticeLine />
        <div class="result__actions">
          {isRematchPossible && <Rematch />}
          {rematch.value !== 'waiting' && <Leave />}
        </div>
      </div>
      <MatchReview match={match} />
    </main>
  );
}

/** Another opponent, or none. */
function Leave() {
  return (
    <>
      <button class="button button--big" type="button" data-testid="play-again" onClick={() => game.play()}>
        {texts.value.result.playAgain}
      </button>
      <button
        class="button button--quiet"
        type="button"
        data-testid="to-lobby"
        onClick={() => game.toLobby()}
      >
        {texts.value.result.lobby}
      </button>
    </>
  );
}
