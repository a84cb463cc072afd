import { texts } from '../../texts/texts.ts';
import { type SideView, sides } from '../../view.ts';
import { Avatar } from '../avatar.tsx';

/** Who plays against whom, before it begins. */
export function Versus() {
  return (
    <div class="versus" aria-hidden="true">
      <Baker side={sides.mine} whose="mine" />
      <span class="versus__sign">{texts.value.arena.versus}</span>
      <Baker side={sides.theirs} whose="theirs" />
    </div>
  );
}

function Baker({ side, whose }: { side: SideView; whose: string }) {
  const { name, picture, rating } = side;
  return (
    <div class={`versus__baker versus__baker--${whose}`}>
      <Avatar name={name.value} picture={picture.value} />
      <bdi class="versus__name">{name}</bdi>
      {rating.value !== undefined && <span class="versus__rating">{rating}</span>}
    </div>
  );
}
