import { useComputed } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { game } from '../../state/game.ts';
import { type PassingTrouble, troubleOf } from '../../state/trouble.ts';
import { texts } from '../../texts/texts.ts';
import { TroubleDialog } from './trouble-dialog.tsx';

/** How long it is said that the connection is back, in ms. */
const backMs = 3_000;

/** Says what is wrong with the connection: calmly while it passes by itself, else with a button. */
export function TroubleBanner() {
  const trouble = useComputed(() => troubleOf(game.connection.value, game.online.value)).value;
  const passing = useCause(trouble && 'passing' in trouble ? trouble.passing : undefined);
  const isOpen = useComputed(() => game.connection.value?.state === 'open').value;
  const isBack = useIsBack(passing, isOpen);
  const said = passing ?? (isBack ? 'back' : undefined);
  return (
    <>
      {/* Always there: a screen reader tells what changes in it, not that it appears. */}
      <output class="trouble">
        {said && (
          <p class={`trouble__pill trouble__pill--${said}`} data-testid="connection">
            <span class="trouble__sign" aria-hidden="true" />
            <span>
              {texts.value.trouble.passing[said]} {passing ? <BakeOn /> : <NothingLost />}
            </span>
          </p>
        )}
      </output>
      {trouble && 'final' in trouble && <TroubleDialog key={trouble.final} trouble={trouble.final} />}
    </>
  );
}

/** A move stays one while its first tries to connect elsewhere fail. */
function useCause(passing: PassingTrouble | undefined): PassingTrouble | undefined {
  const cause = useRef<PassingTrouble>(undefined);
  cause.current = passing === 'reconnecting' && cause.current === 'moving' ? 'moving' : passing;
  return cause.current;
}

/** Whether a trouble that passes has just passed. */
function useIsBack(passing: PassingTrouble | undefined, isOpen: boolean): boolean {
  const [state, setState] = useState<'well' | 'away' | 'back'>('well');
  useEffect(() => {
    if (passing) setState('away');
    else setState((before) => (before === 'away' && isOpen ? 'back' : 'well'));
  }, [passing, isOpen]);
  useEffect(() => {
    if (state !== 'back') return;
    const enough = setTimeout(() => setState('well'), backMs);
    return () => clearTimeout(enough);
  }, [state]);
  return state === 'back';
}

/** Clicks made while cut off are kept, and sent when the connection is back. */
function BakeOn() {
  return useIsMatchOn() ? <strong>{texts.value.trouble.bakeOn}</strong> : null;
}

/** Not where the match has ended meanwhile. */
function NothingLost() {
  return useIsMatchOn() ? texts.value.trouble.nothingLost : null;
}

function useIsMatchOn(): boolean {
  return useComputed(() => game.screen.value === 'arena').value;
}
