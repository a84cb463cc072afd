import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Said, saidBy } from '../../match/lead.ts';
import { hurrySeconds } from '../../match/timing.ts';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';
import { golden, hurry, leader, sides } from '../../view.ts';
import { goldenKey } from './big-cookie.tsx';

/** A phone has no key to press; whatever has a mouse has a keyboard, too. */
const hasKeys = () => matchMedia('(any-pointer: fine)').matches;

/** Tells screen readers what others see: against whom, who takes the lead, gold, the last seconds. Not every click. */
export function Announcer() {
  const news = useSignal({ number: 0, text: '' });
  useEffect(() => {
    const say = (text: string) => {
      news.value = { number: news.peek().number + 1, text };
    };
    const { arena } = texts.peek();
    say(arena.against(sides.theirs.name.peek(), sides.theirs.rating.peek()));
    let said: Said = { leader: undefined, at: game.now.peek() };
    const ends = [
      effect(() => {
        const next = saidBy(said, leader.value, game.now.value);
        if (next === said) return;
        said = next;
        const { mine, theirs } = arena.takesLead;
        say(next.leader === 'mine' ? mine : theirs(sides.theirs.name.peek()));
      }),
      effect(() => {
        if (golden.value) say(arena.goldenIsHere(hasKeys() ? goldenKey : undefined));
      }),
      effect(() => {
        if (hurry.value) say(arena.lastSeconds(hurrySeconds));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <p class="unseen" aria-live="polite" data-testid="announcer">
      {/* The same news again is told again. */}
      <span key={news.value.number}>{news.value.text}</span>
    </p>
  );
}
