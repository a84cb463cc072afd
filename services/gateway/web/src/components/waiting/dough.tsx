import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { hop, riseOf, rollsOf, wobble } from '../../arena/dough.ts';
import { prefersStillness } from '../../arena/particles.ts';
import { pressHandlers } from '../../arena/press.ts';
import { game } from '../../state/game.ts';
import { texts } from '../../texts/texts.ts';
import { DoughArt, RollArt } from './dough-art.tsx';

/** For how long it screws up its eyes when pressed, in ms. */
const squintMs = 260;

/** Dough to knead while one waits. After some presses it is a roll, and there is new dough. */
export function Dough() {
  const art = useRef<HTMLSpanElement>(null);
  const roll = useRef<HTMLSpanElement>(null);
  const squint = useRef<SVGPathElement>(null);
  const eyes = useRef<SVGPathElement>(null);
  const style = useComputed(() => `--rise: ${riseOf(game.wait.value?.kneads ?? 0)}`);

  const press = () => {
    game.knead();
    const still = prefersStillness();
    art.current?.animate(...wobble(still));
    squint.current?.animate([{ opacity: 1 }, { opacity: 1 }], squintMs);
    eyes.current?.animate([{ opacity: 0 }, { opacity: 0 }], squintMs);
    const isBaked = riseOf(game.wait.peek()?.kneads ?? 0) === 0;
    if (isBaked) roll.current?.animate(...hop(still));
  };

  return (
    <button
      class="dough"
      type="button"
      data-testid="dough"
      aria-label={texts.value.searching.knead}
      {...pressHandlers(press)}
    >
      <span ref={art} class="dough__art" style={style}>
        <svg viewBox="0 0 200 200" aria-hidden="true">
          <DoughArt />
          <path ref={eyes} class="dough__face" d="M74 98v10M126 98v10" />
          <path
            ref={squint}
            class="dough__face dough__face--squint"
            d="M66 96l14 8l-14 8M134 96l-14 8l14 8"
          />
          <path class="dough__face" d="M86 128q14 12 28 0" />
        </svg>
      </span>
      <span ref={roll} class="dough__roll">
        <RollArt />
      </span>
    </button>
  );
}

/** What has come of it, and what the dough says to that. */
export function Rolls() {
  const rolls = useComputed(() => rollsOf(game.wait.value?.kneads ?? 0)).value;
  const { kneadMe, doughSays, rolls: baked } = texts.value.searching;
  if (rolls === 0) return <output class="rolls">{kneadMe}</output>;
  return (
    <output class="rolls" data-testid="rolls">
      <q>{doughSays[(rolls - 1) % doughSays.length]}</q> <b>{baked(rolls)}</b>
    </output>
  );
}
