import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Loading } from '../state/loadable.ts';
import { texts } from '../texts/texts.ts';

interface Props<T> {
  of: ReadonlySignal<Loading<T>>;
  retry(): void;
  children(data: T): ComponentChildren;
}

/** What was fetched, or that it is on its way, or that it failed. */
export function Loaded<T>({ of, retry, children }: Props<T>) {
  const { value } = of;
  if (value.state === 'ready') return <>{children(value.data)}</>;
  if (value.state === 'loading') return <p class="hint hint--loading">{texts.value.lobby.loading}</p>;
  return (
    <p class="hint">
      {texts.value.lobby.failed}{' '}
      <button class="link" type="button" onClick={retry}>
        {texts.value.lobby.retry}
      </button>
    </p>
  );
}
