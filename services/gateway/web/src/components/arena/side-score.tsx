import { useEffect, useRef } from 'preact/hooks';
import { bump } from '../../arena/motion.ts';
import { prefersStillness } from '../../arena/particles.ts';
import type { Whose } from '../../match/match.ts';
import { texts } from '../../texts/texts.ts';
import type { SideView } from '../../view.ts';
import { Avatar } from '../avatar.tsx';
import { BotBadge } from '../bot-badge.tsx';
import { BonusBar } from './bonus-bar.tsx';

/** One side: who, how well they play as a rule, how many, and the bonus while it runs. Every point is felt. */
export function SideScore({ side, testId, whose }: { side: SideView; testId: string; whose: Whose }) {
  const { name, picture, rating, score } = side;
  const face = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let before = score.peek();
    let felt: Animation | undefined;
    return score.subscribe((now) => {
      // Quick clicking is one trembling: a jump begins when the one before has ended.
      if (now !== before && felt?.playState !== 'running' && !prefersStillness())
        felt = face.current?.animate(...bump());
      before = now;
    });
  }, [score]);
  return (
    <div class={`side side--${whose}`}>
      <span ref={face} class="side__face">
        <Avatar name={name.value} picture={picture.value} />
      </span>
      <div class="side__words">
        <span class="side__who">
          <bdi class="side__name">{name}</bdi>
          {side.isBot.value && <BotBadge />}
          {rating.value !== undefined && (
            <span class="side__rating" title={texts.value.arena.rating}>
              {rating}
            </span>
          )}
        </span>
        <span class="side__score">
          <span data-testid={testId}>{score}</span>
          <BonusBar bonus={side.bonus} />
        </span>
      </div>
    </div>
  );
}
