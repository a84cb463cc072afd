import { LeaderboardName } from '@overcookied/shared/api.ts';
import { formatNumber } from '../format.ts';
import { records } from '../records.ts';
import { texts } from '../texts/texts.ts';
import { Avatar } from './avatar.tsx';
import { Loaded } from './loaded.tsx';
import { Tabs } from './tabs.tsx';

const rows = 10;

/** The ten best: by what they have baked of all time or this week, or by their rating. */
export function Leaderboard() {
  const board = records.board.value;
  const leaderboard = records.leaderboards[board];
  const boards = LeaderboardName.options.map((name) => ({ name, label: texts.value.lobby.board[name] }));
  return (
    <section class="panel" data-testid="leaderboard" aria-labelledby="leaderboard-title">
      <h2 id="leaderboard-title">{texts.value.lobby.leaderboard}</h2>
      <Tabs
        id="board"
        label={texts.value.lobby.leaderboard}
        tabs={boards}
        current={board}
        choose={(name) => records.choose(name)}
      >
        <Loaded of={leaderboard.current} retry={() => leaderboard.load()}>
          {(bakers) =>
            bakers.length === 0 ? (
              <p class="hint">{texts.value.lobby.boardEmpty[board]}</p>
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
      </Tabs>
    </section>
  );
}
