import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Said, saidBy } from '../../match/lead.ts';
import { watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';
import { leader, sides } from '../../watch-view.ts';
import { endingReason, endingTitle } from './ending-words.ts';

/** Tells screen readers who takes the lead, and how the match ended. */
export function Lead() {
  const news = useSignal('');
  useEffect(() => {
    let said: Said = { leader: undefined, at: Number.NEGATIVE_INFINITY };
    const endEnding = watching.isAtEnd.subscribe((isAtEnd) => {
      const recording = isAtEnd && watching.timeline.peek()?.recording;
      news.value = recording ? `${endingTitle(recording)} ${endingReason(recording)}` : '';
    });
    const endLead = watching.at.subscribe(() => {
      if (watching.isAtEnd.peek()) return;
      // By the clock of whoever listens, however fast a replay runs.
      const next = saidBy(said, leader.peek(), performance.now());
      if (next === said) return;
      said = next;
      news.value = texts
        .peek()
        .arena.takesLead.theirs(sides[next.leader === 'mine' ? 'p1' : 'p2'].name.peek());
    });
    return () => {
      endEnding();
      endLead();
    };
  }, []);
  return (
    <p class="unseen" aria-live="polite" data-testid="lead">
      {news}
    </p>
  );
}
