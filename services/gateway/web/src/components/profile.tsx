import { formatNumber } from '../format.ts';
import { game } from '../game.ts';
import { texts } from '../texts.ts';
import { Loaded } from './loaded.tsx';

/** The player's own rating, and how the matches went that made it. */
export function Profile() {
  const { profile } = game;
  return (
    <section class="profile" data-testid="profile" aria-label={texts.lobby.profile}>
      <Loaded of={profile.current} retry={() => profile.load()}>
        {(known) =>
          known && (
            <p>
              <span class="profile__rating">
                {texts.lobby.rating} <strong data-testid="rating">{formatNumber(known.rating)}</strong>
              </span>
              {(['won', 'drawn', 'lost'] as const).map((outcome) => (
                <span key={outcome}>{texts.lobby[outcome](formatNumber(known[outcome]))}</span>
              ))}
            </p>
          )
        }
      </Loaded>
    </section>
  );
}
