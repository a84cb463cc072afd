import { formatNumber } from '../../format.ts';
import { records } from '../../state/records.ts';
import { texts } from '../../texts/texts.ts';
import { OutcomeSign } from '../icons.tsx';
import { Loaded } from '../loaded.tsx';

/** The player's own rating, and how the matches went that made it. */
export function Profile() {
  const { profile } = records;
  return (
    <section class="profile" data-testid="profile" aria-label={texts.value.lobby.profile}>
      <Loaded of={profile.current} retry={() => profile.load()}>
        {(known) =>
          known && (
            <ul class="profile__figures">
              <li class="profile__rating">
                {texts.value.lobby.rating} <strong data-testid="rating">{formatNumber(known.rating)}</strong>
              </li>
              {(['won', 'drawn', 'lost'] as const).map((outcome) => (
                <li key={outcome} class={`profile__outcome outcome--${outcome}`}>
                  <OutcomeSign outcome={outcome} />
                  {texts.value.lobby[outcome](formatNumber(known[outcome]))}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
