import { LeaderboardName } from '@overcookied/shared/api.ts';
import { records } from '../records.ts';
import { texts } from '../texts/texts.ts';
import { LeaderboardRow, OwnRow } from './leaderboard-row.tsx';
import { Loaded } from './loaded.tsx';
import { Tabs } from './tabs.tsx';

const rows = 10;

/** The ten best, by what they have baked of all time or this week, or by their rating; and where the player stands. */
export function Leaderboard() {
  const board = records.board.value;
  const { best, place } = records.leaderboards[board];
  const own = place.data;
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
        <Loaded of={best.current} retry={() => records.loadBoard()}>
          {(bakers) =>
            bakers.length === 0 ? (
              <p class="hint">{texts.value.lobby.boardEmpty[board]}</p>
            ) : (
              <>
                <ol class="rows">
                  {bakers.slice(0, rows).map((baker, index) => (
                    // Names repeat and bakers have no id here: the place is what a row stands for.
                    <LeaderboardRow
                      key={index}
                      baker={baker}
                      place={index + 1}
                      players={own?.place === index + 1 ? own.players : undefined}
                    />
                  ))}
                </ol>
                {own && (own.place ?? rows + 1) > rows && <OwnRow own={own} />}
              </>
            )
          }
        </Loaded>
      </Tabs>
    </section>
  );
}
