import type { HistoryGame } from '@overcookied/shared/api.ts';
import { EndReason } from '@overcookied/shared/protocol.ts';
import { formatAgo, formatNumber } from '../../format.ts';
import { watchAddress } from '../../state/route.ts';
import { texts } from '../../texts/texts.ts';
import { Avatar } from '../avatar.tsx';
import { Delta } from '../delta.tsx';
import { OutcomeSign, PlaySign } from '../icons.tsx';

/** For how long a match may be watched again, in seconds. */
const replaySeconds = 30 * 86_400;

/** One match of the player's own. */
export function HistoryRow({ match }: { match: HistoryGame }) {
  const { lobby } = texts.value;
  const outcome = match.winnerId === 'draw' ? 'drawn' : match.won ? 'won' : 'lost';
  const now = Date.now() / 1000;
  const facts = [formatAgo(match.timestamp, now), reasonText(match)].filter(Boolean);
  return (
    <li class="row">
      <span class="row__face">
        <Avatar name={match.opponentName} picture={match.opponentPicture} />
        <span class={`row__outcome outcome--${outcome}`}>
          <OutcomeSign outcome={outcome} />
        </span>
      </span>
      <span class="row__name">
        <span class="row__against">{lobby.against} </span>
        <bdi>{match.opponentName}</bdi>
        <small>
          <strong>{lobby.outcome[outcome]}</strong> · {facts.join(' · ')}
        </small>
      </span>
      <span class="row__score">
        {formatNumber(match.score)} : {formatNumber(match.opponentScore)}
        {match.ratingDelta !== undefined && <Delta points={match.ratingDelta} />}
      </span>
      {match.timestamp + replaySeconds > now && (
        <a
          class="row__watch"
          href={watchAddress(match.gameId)}
          aria-label={lobby.watchOwn(match.opponentName)}
          title={lobby.watch}
        >
          <PlaySign />
        </a>
      )}
    </li>
  );
}

/** Why it ended early, if it did. A reason that this version does not know is passed over. */
function reasonText({ reason }: HistoryGame): string {
  const known = EndReason.safeParse(reason);
  return known.success ? texts.value.lobby.reason[known.data] : '';
}
