import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useLivingEyes } from '../../arena/eyes.ts';
import type { Mood } from '../../arena/mood.ts';
import type { Spot } from '../../arena/motion.ts';

const tongue = 'M85 141q15-14 30 0q-6 7-15 7t-15-7z';
const mouths: Record<Mood, { d: string; isOpen?: true }> = {
  eager: { d: 'M84 121q16 12 32 0' },
  happy: { d: 'M80 118q20 24 40 0' },
  giggling: { d: 'M75 114q25 8 50 0q-2 35-25 35t-25-35z', isOpen: true },
  puzzled: { d: 'M86 127q14-8 28 1' },
  alarmed: { d: 'M82 140q0-22 18-22t18 22q-9-7-18-5t-18 5z', isOpen: true },
  starry: { d: 'M78 115q22 8 44 0q0 33-22 33t-22-33z', isOpen: true },
  dizzy: { d: 'M78 126q7-10 14 0t14 0t14 0' },
};
/** Eyes that are shut, crossed or raised, drawn instead of the round ones or above them. */
const lines: Partial<Record<Mood, string>> = {
  eager: 'M64 70q11-8 22-3M114 67q11-5 22 3',
  giggling: 'M62 98q13-20 26 0M112 98q13-20 26 0',
  puzzled: 'M64 70q11-8 22-3M114 74q11-2 22 2',
  alarmed: 'M62 76l22-10M138 76l-22-10',
  dizzy: 'M65 82l20 20M85 82l-20 20M115 82l20 20M135 82l-20 20',
};

/**
 * The face of the cookie. It follows the pointer with its eyes.
 * @param attraction what it looks at otherwise, in per cent of the field
 */
export function LivingFace({
  mood,
  attraction,
}: {
  mood: ReadonlySignal<Mood>;
  attraction: ReadonlySignal<Spot | undefined>;
}) {
  const eyes = useRef<HTMLSpanElement>(null);
  const style = useComputed(() => `face face--${mood.value}`);
  useLivingEyes(eyes, attraction);
  return (
    <span class={style}>
      <Features mood={mood} />
      <span ref={eyes} class="face__eyes">
        <span class="face__eye">
          <span class="face__pupil" />
        </span>
        <span class="face__eye">
          <span class="face__pupil" />
        </span>
      </span>
      <span class="face__sweat" />
    </span>
  );
}

/** All of it but the eyes. */
function Features({ mood }: { mood: ReadonlySignal<Mood> }) {
  const { d, isOpen } = mouths[mood.value];
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true">
      <ellipse class="face__cheek" cx="54" cy="118" rx="11" ry="7" />
      <ellipse class="face__cheek" cx="146" cy="118" rx="11" ry="7" />
      <path class={isOpen ? 'face__mouth face__mouth--open' : 'face__mouth'} d={d} />
      {(mood.value === 'giggling' || mood.value === 'starry') && <path class="face__tongue" d={tongue} />}
      <path class="face__mouth" d={lines[mood.value] ?? ''} />
    </svg>
  );
}
