import type { Recording } from '@overcookied/shared/api.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { texts } from '../../texts/texts.ts';
import { watching } from '../../watching.ts';
import { ScoreCurve } from '../score-curve.tsx';

/** Who won, how it went, and what next. */
export function Ending({ timeline }: { timeline: Timeline }) {
  const { over, p1, p2 } = timeline.recording;
  if (!over) return null;
  const winner = over.winner === 'draw' ? 'draw' : over.winner;
  return (
    <div class={`ending ending--${winner} panel`} data-testid="ending">
      <div role="status">
        <h1 data-testid="ending-title">{title(timeline.recording, winner)}</h1>
        <p>{explain(timeline.recording)}</p>
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

function title(recording: Recording, winner: 'p1' | 'p2' | 'draw'): string {
  return winner === 'draw' ? texts.value.watch.drawn : texts.value.watch.wins(recording[winner].name);
}

/** Why it ended early, if it did. */
function explain({ over, p1, p2 }: Recording): string {
  if (!over?.reason || over.winner === 'draw') return '';
  return texts.value.watch.reason[over.reason]((over.winner === 'p1' ? p2 : p1).name);
}
