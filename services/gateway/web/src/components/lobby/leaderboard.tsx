import { type Leaderboard as Board, LeaderboardName, type Place } from '@overcookied/shared/api.ts';
import { account } from '../../state/account.ts';
import { records } from '../../state/records.ts';
import { texts } from '../../texts/texts.ts';
import { Loaded } from '../loaded.tsx';
import { Tabs } from '../tabs.tsx';
import { LeaderboardRow, OwnRow } from './leaderboard-row.tsx';
import { ownRow } from './own-row.ts';

const rows = 10;

/** The ten best, by what they have baked of all time or this week, or by their rating; and where the player stands. */
export function Leaderboard() {
  const board = records.board.value;
  const { best, place } = records.leaderboards[board];
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
              <Rows best={bakers.slice(0, rows)} own={place.data} />
            )
          }
        </Loaded>
      </Tabs>
    </section>
  );
}

function Rows({ best, own }: { best: Board; own: Place | undefined }) {
  const ownIndex = ownRow(best, own, account.session.value?.name);
  return (
    <>
      <ol class="rows">
        {best.map((baker, index) => (
          // Names repeat and bakers have no id here: the place is what a row stands for.
          <LeaderboardRow
            key={index}
            baker={baker}
            place={index + 1}
            players={index === ownIndex ? own?.players : undefined}
          />
        ))}
      </ol>
      {own && ownIndex < 0 && <OwnRow own={own} />}
    </>
  );
}
