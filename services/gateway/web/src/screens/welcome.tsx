import { HowTo } from '../components/welcome/how-to.tsx';
import { NameForm } from '../components/welcome/name-form.tsx';
import { TasteCookie } from '../components/welcome/taste-cookie.tsx';
import { game } from '../state/game.ts';
import { texts } from '../texts/texts.ts';

/** What a stranger sees first: what this is, and the way in. */
export function Welcome() {
  const isInvited = game.invitation.value !== undefined;
  return (
    <main class="screen welcome">
      <div class="welcome__hero">
        <TasteCookie />
        <h1>{texts.value.title}</h1>
        <p class="tagline">{texts.value.tagline}</p>
      </div>
      <div class="welcome__way-in">
        {isInvited && (
          <p class="welcome__invited" data-testid="invited">
            {texts.value.welcome.invited}
          </p>
        )}
        <NameForm />
        <HowTo />
      </div>
    </main>
  );
}
