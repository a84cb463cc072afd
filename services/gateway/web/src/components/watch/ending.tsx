import type { Timeline } from '../../replay/timeline.ts';
import { watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';
import { ScoreCurve } from '../result/score-curve.tsx';
import { endingReason, endingTitle } from './ending-words.ts';

/** Who won, how it went, and what next. Screen readers are told by what was on the page before this. */
export function Ending({ timeline }: { timeline: Timeline }) {
  const { over, p1, p2 } = timeline.recording;
  if (!over) return null;
  return (
    <div class={`ending ending--${over.winner} panel`} data-testid="ending">
      <div>
        <h1 data-testid="ending-title">{endingTitle(timeline.recording)}</h1>
        <p>{endingReason(timeline.recording)}</p>
      </div>
      <div class="ending__actions">
        <button class="button" type="button" data-testid="watch-again" onClick={again}>
          {texts.value.watch.again}
        </button>
        <a class="button button--quiet" href="/">
          {texts.value.watch.playYourself}
        </a>
      </div>
      <ScoreCurve timeline={timeline} mine="p1" names={{ p1: p1.name, p2: p2.name }} />
    </div>
  );
}

function again(): void {
  watching.play();
  // The button that had the focus is gone.
  document.getElementById('play-replay')?.focus();
}
