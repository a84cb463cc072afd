import type { Whose } from '../../match/match.ts';
import { sides } from '../../view.ts';
import { Avatar } from '../avatar.tsx';

/** Who wants another match: the words beside it say the same. */
export function RematchWishes({ wanted }: { wanted: Whose }) {
  return (
    <span class="wishes" aria-hidden="true">
      {(['mine', 'theirs'] as const).map((whose) => (
        <span key={whose} class={`wish wish--${whose} ${whose === wanted ? 'wish--made' : 'wish--open'}`}>
          <Avatar name={sides[whose].name.value} picture={sides[whose].picture.value} />
          <span class="wish__sign">{whose === wanted ? '✓' : '?'}</span>
        </span>
      ))}
    </span>
  );
}
