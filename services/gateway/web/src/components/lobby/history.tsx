import { useSignal } from '@preact/signals';
import { records } from '../../state/records.ts';
import { texts } from '../../texts/texts.ts';
import { Loaded } from '../loaded.tsx';
import { HowTo } from '../welcome/how-to.tsx';
import { HistoryRow } from './history-row.tsx';

/** As many as stand beside the leaderboard. */
const fewRows = 10;

/** The player's own latest matches. */
export function History() {
  const { history } = records;
  const isLong = useSignal(false);
  const { lobby } = texts.value;
  return (
    <section class="panel" data-testid="history" aria-labelledby="history-title">
      <h2 id="history-title">{lobby.history}</h2>
      <Loaded of={history.current} retry={() => history.load()}>
        {(page) =>
          page?.games.length ? (
            <>
              <ol class="rows">
                {page.games.slice(0, isLong.value ? undefined : fewRows).map((match) => (
                  <HistoryRow key={match.gameId} match={match} />
                ))}
              </ol>
              {page.games.length > fewRows && !isLong.value && (
                <button
                  class="link"
                  type="button"
                  onClick={() => {
                    isLong.value = true;
                  }}
                >
                  {lobby.historyMore}
                </button>
              )}
            </>
          ) : (
            <>
              <p class="hint">{lobby.historyEmpty}</p>
              <HowTo />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
