import { watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';
import { Logo } from '../logo.tsx';

/** There is nothing to watch: no such match, or no answer. */
export function NotThere({ why }: { why: 'missing' | 'failed' | 'unrecorded' }) {
  const words = texts.value.watch;
  const isMissing = why === 'missing';
  return (
    <main class="screen not-there" data-testid="not-there">
      <Logo />
      <section class="panel" role="status">
        <h1>{isMissing ? words.missing : words.failed}</h1>
        {isMissing && <p>{words.kept}</p>}
      </section>
      {!isMissing && (
        <button class="button button--big" type="button" onClick={() => watching.retry()}>
          {words.retry}
        </button>
      )}
      <a
        class={isMissing ? 'button button--big' : 'button button--quiet'}
        href="/"
        data-testid="play-yourself"
      >
        {words.playYourself}
      </a>
    </main>
  );
}
