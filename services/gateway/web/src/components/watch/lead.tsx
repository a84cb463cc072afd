import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../../texts/texts.ts';
import { leader, sides } from '../../watch-view.ts';

/** Whoever is ahead for so long is said to be: in a close race it would be somebody else every moment. */
const saidAfterMs = 1_500;

/** Tells screen readers who is ahead, whenever that has changed. */
export function Lead() {
  const said = useSignal<typeof leader.value>(undefined);
  const { value } = leader;
  useEffect(() => {
    const timer = setTimeout(() => {
      said.value = value;
    }, saidAfterMs);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <p class="unseen" aria-live="polite" data-testid="lead">
      {said.value && texts.value.watch.leads(sides[said.value].name.value)}
    </p>
  );
}
