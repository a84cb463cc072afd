import { formatNumber } from '../format.ts';
import { game } from '../game.ts';
import { texts } from '../texts.ts';
import { Avatar } from './avatar.tsx';
import { Loaded } from './loaded.tsx';

const rows = 10;

/** The ten who have baked most of all time. */
export function Leaderboard() {
  const { leaderboard } = game;
  return (
    <section class="panel" data-testid="leaderboard" aria-labelledby="leaderboard-title">
      <h2 id="leaderboard-title">{texts.lobby.leaderboard}</h2>
      <Loaded of={leaderboard.current} retry={() => leaderboard.load()}>
        {(bakers) =>
          bakers.length === 0 ? (
            <p class="hint">{texts.lobby.leaderboardEmpty}</p>
          ) : (
            <ol class="rows">
              {bakers.slice(0, rows).map(({ name, picture, score }, index) => (
                // Names repeat and bakers have no id here: the place is what a row stands for.
                <li key={index} class="row">
                  <span class="row__place">{index + 1}</span>
                  <Avatar name={name} picture={picture} />
                  <bdi class="row__name">{name}</bdi>
                  <span class="row__score">{formatNumber(score)}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}
