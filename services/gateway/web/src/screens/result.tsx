import { useEffect, useRef } from 'preact/hooks';
import { SideScore } from '../components/scoreboard.tsx';
import { game } from '../game.ts';
import type { Match } from '../match.ts';
import { texts } from '../texts.ts';

/** Who won, and what next. */
export function Result() {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const result = game.match.value?.result;
  if (!result) return null;

  return (
    <main class={`screen result result--${result.outcome}`} data-testid="result">
      <div class="result__words" aria-live="assertive">
        <h1 ref={title} tabIndex={-1} data-testid="result-title">
          {texts.result.title[result.outcome]}
        </h1>
        <p>{explain(result)}</p>
      </div>
      <section class="panel result__scores" aria-label={texts.result.scores}>
        <SideScore whose="mine" testId="my-score" />
        <SideScore whose="theirs" testId="opponent-score" />
      </section>
      <div class="result__actions">
        <button class="button button--big" type="button" data-testid="play-again" onClick={() => game.play()}>
          {texts.result.playAgain}
        </button>
        <button
          class="button button--quiet"
          type="button"
          data-testid="to-lobby"
          onClick={() => game.toLobby()}
        >
          {texts.result.lobby}
        </button>
      </div>
    </main>
  );
}

function explain({ outcome, reason }: NonNullable<Match['result']>): string {
  if (reason === undefined || outcome === 'drawn') return texts.result.plain[outcome];
  return texts.result[reason === 'quit' ? 'quit' : 'gone'][outcome];
}
