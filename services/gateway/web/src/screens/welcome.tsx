import { loginAsGuest, RequestError } from '@overcookied/client/api.ts';
import { maxNameLength, PlayerName } from '@overcookied/shared/api.ts';
import { useSignal } from '@preact/signals';
import { account } from '../account.ts';
import { Logo } from '../components/logo.tsx';
import { game } from '../game.ts';
import { suggestName } from '../names.ts';
import { signInAddress } from '../session.ts';
import { texts } from '../texts/texts.ts';

/** Where a player chooses a name. */
export function Welcome() {
  const name = useSignal(suggestName());
  const busy = useSignal(false);
  const error = useSignal(account.hasExpired.value ? texts.value.welcome.expired : '');

  const issuer = account.issuer.value;
  const isInvited = game.invitation.value !== undefined;
  const play = isInvited ? texts.value.welcome.accept : texts.value.welcome.play;

  const enter = async () => {
    error.value = nameProblem(name.value);
    if (error.value || busy.value) return;
    busy.value = true;
    try {
      game.enter(await loginAsGuest('', name.value));
    } catch (problem) {
      error.value = loginProblem(problem);
    }
    busy.value = false;
  };

  return (
    <main class="screen welcome">
      <h1>
        <Logo />
      </h1>
      <p class="tagline">{texts.value.tagline}</p>
      {isInvited && (
        <p class="welcome__invited" data-testid="invited">
          {texts.value.welcome.invited}
        </p>
      )}
      <form
        class="panel welcome__form"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <label for="name">{texts.value.welcome.name}</label>
        <div class="welcome__name">
          <input
            id="name"
            name="nickname"
            data-testid="name-input"
            autocomplete="nickname"
            autocapitalize="words"
            spellcheck={false}
            aria-describedby="name-error"
            value={name}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
          <button
            class="button button--quiet button--icon"
            type="button"
            aria-label={texts.value.welcome.suggest}
            title={texts.value.welcome.suggest}
            onClick={() => {
              name.value = suggestName();
            }}
          >
            <Dice />
          </button>
        </div>
        <p id="name-error" class="error" role="alert">
          {error}
        </p>
        <button class="button button--big" type="submit" data-testid="play-as-guest" aria-busy={busy}>
          {busy.value ? texts.value.welcome.entering : play}
        </button>
        {issuer !== undefined && (
          <a class="button button--quiet" href={signInAddress()} data-testid="sign-in">
            {texts.value.welcome.signIn(issuer)}
          </a>
        )}
      </form>
    </main>
  );
}

function Dice() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect x="3" y="3" width="18" height="18" rx="5" fill="none" stroke="currentColor" stroke-width="2.5" />
      {[
        [8, 8],
        [16, 8],
        [12, 12],
        [8, 16],
        [16, 16],
      ].map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="1.7" fill="currentColor" />
      ))}
    </svg>
  );
}

/** What is wrong with a name, as far as this side can tell; empty when nothing is. */
function nameProblem(name: string): string {
  if (PlayerName.safeParse(name).success) return '';
  return name.trim() === ''
    ? texts.value.welcome.nameMissing
    : texts.value.welcome.nameTooLong(maxNameLength);
}

function loginProblem(problem: unknown): string {
  const refused = problem instanceof RequestError && problem.status < 500;
  return refused ? texts.value.welcome.nameRefused(problem.message) : texts.value.welcome.serverAway;
}
