import { useComputed } from '@preact/signals';
import { game } from '../game.ts';
import type { Whose } from '../match.ts';
import { texts } from '../texts/texts.ts';
import { clock, hurry, sides } from '../view.ts';
import { Avatar } from './avatar.tsx';
import { BotBadge } from './bot-badge.tsx';

/** One side: who, how well they play as a rule, how many, and the bonus while it runs. */
export function SideScore({ whose, testId }: { whose: Whose; testId: string }) {
  const { name, picture, rating, score } = sides[whose];
  return (
    <div class={`side side--${whose}`}>
      <Avatar name={name.value} picture={picture.value} />
      <div class="side__words">
        <span class="side__who">
          <bdi class="side__name">{name}</bdi>
          {whose === 'theirs' && <BotBadge />}
          {rating.value !== undefined && (
            <span class="side__rating" title={texts.value.arena.rating}>
              {rating}
            </span>
          )}
        </span>
        <span class="side__score">
          <span data-testid={testId}>{score}</span>
          <Bonus whose={whose} />
        </span>
      </div>
    </div>
  );
}

/** "×2" above a bar that runs down. */
function Bonus({ whose }: { whose: Whose }) {
  const until = sides[whose].bonusUntil.value;
  const rules = game.match.peek()?.rules;
  if (until === undefined || !rules) return null;
  // A page that was reloaded in the middle joins the bar where it is.
  const elapsed = rules.bonusMs - (until - game.now.peek());
  const run = { animationDuration: `${rules.bonusMs}ms`, animationDelay: `${-elapsed}ms` };
  return (
    <span class="bonus">
      {texts.value.arena.bonus(rules.bonusFactor)}
      <span key={until} class="bonus__bar" style={run} />
    </span>
  );
}

/** Whole seconds of play left. */
export function Clock() {
  const style = useComputed(() => (hurry.value ? 'clock clock--hurry' : 'clock'));
  return (
    <div class={style} role="timer" aria-label={texts.value.arena.timeLeft}>
      <span data-testid="clock">{clock}</span>
    </div>
  );
}
