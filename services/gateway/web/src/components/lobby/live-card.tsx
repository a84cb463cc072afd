import { formatNumber } from '../../format.ts';
import { records } from '../../state/records.ts';
import { watchAddress } from '../../state/route.ts';
import { texts } from '../../texts/texts.ts';
import { PlaySign } from '../icons.tsx';

/** A match that is on, to watch while nobody is there to play against. */
export function LiveCard() {
  const live = records.news.data?.live;
  if (!live) return null;
  const { lobby } = texts.value;
  return (
    <section class="panel live-card" data-testid="live-match" aria-labelledby="live-title">
      <h2 id="live-title" class="live-card__title">
        {lobby.live}
      </h2>
      <p class="live-card__match">
        <bdi>{live.p1}</bdi>
        <strong>
          {formatNumber(live.p1Score)} : {formatNumber(live.p2Score)}
        </strong>
        <bdi>{live.p2}</bdi>
      </p>
      <a
        class="button button--quiet"
        href={watchAddress(live.roomId)}
        aria-label={lobby.watchLive(live.p1, live.p2)}
      >
        <PlaySign /> {lobby.watch}
      </a>
    </section>
  );
}
