import { loginAsGuest } from '@overcookied/client/api.ts';
import { useSignal } from '@preact/signals';
import { suggestName } from '../../names.ts';
import { account } from '../../state/account.ts';
import { game } from '../../state/game.ts';
import { signInAddress } from '../../state/session.ts';
import { texts } from '../../texts/texts.ts';
import { Dice } from '../icons.tsx';
import { loginProblem, nameProblem, type Problem } from './name-problem.ts';

/** Where a player chooses a name, and is in the queue with one click: or with whoever invited them. */
export function NameForm() {
  const name = useSignal(suggestName());
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(
    account.hasExpired.value ? () => texts.value.welcome.expired : undefined,
  );
  const { welcome } = texts.value;
  const issuer = account.issuer.value;
  const isInvited = game.invitation.value !== undefined;

  /** @param next what to do as soon as one is somebody */
  const enter = async (next?: () => void) => {
    problem.value = nameProblem(name.value);
    if (problem.value || busy.value) return;
    busy.value = true;
    try {
      game.enter(await loginAsGuest('', name.value));
      next?.();
    } catch (error) {
      problem.value = loginProblem(error);
    }
    busy.value = false;
  };

  return (
    <form
      class="panel name-form"
      onSubmit={(event) => {
        event.preventDefault();
        void enter(isInvited ? undefined : () => game.play());
      }}
    >
      <label for="name">{welcome.name}</label>
      <div class="name-form__name">
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
          aria-label={welcome.suggest}
          title={welcome.suggest}
          onClick={() => {
            name.value = suggestName();
          }}
        >
          <Dice />
        </button>
      </div>
      <p id="name-error" class="error" role="alert">
        {problem.value?.()}
      </p>
      <button class="button button--big" type="submit" data-testid="play-as-guest" aria-busy={busy}>
        {busy.value ? welcome.entering : isInvited ? welcome.accept : welcome.play}
      </button>
      {issuer !== undefined && (
        <a class="button button--quiet" href={signInAddress()} data-testid="sign-in">
          {welcome.signIn(issuer)}
        </a>
      )}
      {!isInvited && (
        <button class="link" type="button" data-testid="look-around" onClick={() => void enter()}>
          {welcome.look}
        </button>
      )}
    </form>
  );
}
