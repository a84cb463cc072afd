import type { HistoryGame } from '@overcookied/shared/api.ts';
import { EndReason } from '@overcookied/shared/protocol.ts';
import { formatAgo, formatNumber } from '../format.ts';
import { records } from '../records.ts';
import { texts } from '../texts/texts.ts';
import { Avatar } from './avatar.tsx';
import { Delta } from './delta.tsx';
import { Loaded } from './loaded.tsx';

/** The player's own latest matches. */
export function History() {
  const { history } = records;
  return (
    <section class="panel" data-testid="history" aria-labelledby="history-title">
      <h2 id="history-title">{texts.value.lobby.history}</h2>
      <Loaded of={history.current} retry={() => history.load()}>
        {(page) =>
          page?.games.length ? (
            <ol class="rows">
              {page.games.map((match) => (
                <HistoryRow key={match.gameId} match={match} />
              ))}
            </ol>
          ) : (
            <p class="hint">{texts.value.lobby.historyEmpty}</p>
          )
        }
      </Loaded>
    </section>
  );
}

function HistoryRow({ match }: { match: HistoryGame }) {
  const outcome = match.winnerId === 'draw' ? 'drawn' : match.won ? 'won' : 'lost';
  return (
    <li class="row">
      <span class={`tag tag--${outcome}`}>{texts.value.lobby.outcome[outcome]}</span>
      <Avatar name={match.opponentName} picture={match.opponentPicture} />
      <span class="row__name">
        <span class="row__against">{texts.value.lobby.against} </span>
        <bdi>{match.opponentName}</bdi>
        <small>
          {[formatAgo(match.timestamp, Date.now() / 1000), reasonText(match)].filter(Boolean).join(' · ')}
        </small>
      </span>
      <span class="row__score">
        {formatNumber(match.score)} : {formatNumber(match.opponentScore)}
        {match.ratingDelta !== undefined && <Delta points={match.ratingDelta} />}
      </span>
    </li>
  );
}

/** Why it ended early, if it did. A reason that this version does not know is passed over. */
function reasonText({ reason }: HistoryGame): string {
  const known = EndReason.safeParse(reason);
  return known.success ? texts.value.lobby.reason[known.data] : '';
}
