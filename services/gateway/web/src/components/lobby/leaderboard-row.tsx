import type { Leaderboard, Place } from '@overcookied/shared/api.ts';
import { formatNumber } from '../../format.ts';
import { account } from '../../state/account.ts';
import { texts } from '../../texts/texts.ts';
import { Avatar } from '../avatar.tsx';

interface Props {
  baker: Leaderboard[number];
  place: number;
  /** How many are on the board, when this is the player's own row. */
  players: number | undefined;
}

/** One of the best, who may be the player. */
export function LeaderboardRow(props: Props) {
  return (
    <li class={props.players === undefined ? 'row' : 'row row--own'}>
      <Standing {...props} />
    </li>
  );
}

/** Where the player stands who is not among the best. */
export function OwnRow({ own: { place, players, score } }: { own: Place }) {
  const { name = '', picture = '' } = account.session.value ?? {};
  if (place === undefined || score === undefined) return <p class="hint">{texts.value.lobby.noPlace}</p>;
  return (
    <div class="row row--own row--apart" data-testid="own-row">
      <Standing baker={{ name, picture, score }} place={place} players={players} />
    </div>
  );
}

function Standing({ baker: { name, picture, score }, place, players }: Props) {
  const { lobby } = texts.value;
  return (
    <>
      <span class="row__place">{formatNumber(place)}</span>
      <Avatar name={name} picture={picture} />
      <span class="row__name">
        <bdi>{name}</bdi>
        {players !== undefined && (
          <small data-testid="own-place">
            <strong>{lobby.you}</strong> · {lobby.place(place, formatNumber(players))}
          </small>
        )}
      </span>
      <span class="row__score">{formatNumber(score)}</span>
    </>
  );
}
