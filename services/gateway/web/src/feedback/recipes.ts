/** How each cue sounds: warm, wooden and short; what is heard often is quiet, and nothing is shrill. */
import type { Cue, CueName } from './cues.ts';

/** One tone, or one rustle, that comes up fast and dies away. */
export interface Voice {
  wave: OscillatorType | 'noise';
  /** Of a rustle, where in it most is heard. */
  hz: number;
  /** Where it glides to until its end. */
  toHz?: number;
  /** When it begins, and how long it takes to die away, in seconds. */
  at?: number;
  length: number;
  /** How long it takes to come up, in seconds. */
  attack?: number;
  /** At its loudest; 1 is all that there is. */
  peak: number;
  /** Takes away what is above. */
  lowpass?: { hz: number; toHz: number; q: number };
}

export interface Recipe {
  voices: Voice[];
  /** Own clicks come from the middle and the opponent's from their side; all else makes both quieter meanwhile. */
  place: 'mine' | 'theirs' | 'front';
  /** At least so long between two of these, in seconds. */
  rest?: number;
}

/** Semitones above middle C. */
const note = (semitones: number): number => 261.63 * 2 ** (semitones / 12);

const [c, d, e, f, g, a, b] = [0, 2, 4, 5, 7, 9, 11] as const;
const octave = 12;

/** Notes one after the other, each as by a felt hammer. */
const played = (
  notes: number[],
  {
    step,
    length,
    peak,
    wave = 'triangle',
  }: { step: number; length: number; peak: number; wave?: OscillatorType },
): Voice[] =>
  notes.map((semitones, i) => ({ wave, hz: note(semitones), at: i * step, length, attack: 0.008, peak }));

/** A bell of the shop or the oven: its partials are no harmonics. */
const bell = (hz: number, length: number, peak: number, at = 0): Voice[] => [
  { wave: 'sine', hz, at, length, peak },
  { wave: 'sine', hz: hz * 2.4, at, length: length * 0.5, peak: peak * 0.35 },
  { wave: 'sine', hz: hz * 0.5, at, length: length * 0.8, peak: peak * 0.4 },
];

/** A spoon on wood. */
const tock = (hz: number, peak: number, at = 0): Voice[] => [
  { wave: 'triangle', hz, toHz: hz * 0.6, at, length: 0.09, peak },
  { wave: 'noise', hz: hz * 4, at, length: 0.03, peak: peak * 0.6 },
];

/** "Wah": a muted horn that hangs its head. */
const wah = (semitones: number, at: number, length: number): Voice => ({
  wave: 'sawtooth',
  hz: note(semitones),
  toHz: note(semitones - 1),
  at,
  length,
  attack: 0.05,
  peak: 0.2,
  lowpass: { hz: 1_400, toHz: 260, q: 3 },
});

/** A bite: higher the faster one clicks, quieter too, and never twice the same. */
const bite = (heat: number, random: () => number): Voice[] => {
  const hz = 310 * 2 ** (heat * 0.8) * (0.96 + random() * 0.08);
  const peak = 0.32 - heat * 0.1;
  return [
    { wave: 'triangle', hz, toHz: hz * 0.55, length: 0.11, peak },
    { wave: 'noise', hz: 1_900 + random() * 900, length: 0.05, peak: peak * 1.2 },
  ];
};

const front = (voices: Voice[]): Recipe => ({ voices, place: 'front' });

const recipes: Record<CueName, (level: number, random: () => number) => Recipe> = {
  // The bell of the shop's door.
  found: () => front([...bell(note(g + octave), 0.5, 0.2), ...bell(note(e + octave), 0.9, 0.22, 0.16)]),
  count: (level) => front(tock(380 + 80 * level, 0.5)),
  go: () => front(played([c, e, g, c + octave], { step: 0.02, length: 0.7, peak: 0.2 })),

  click: (heat, random) => ({ voices: bite(heat, random), place: 'mine' }),
  bonusClick: (heat, random) => ({
    voices: [
      ...bite(heat, random),
      {
        wave: 'sine',
        hz: note([g, a, c + octave][Math.floor(random() * 3)] ?? g) * 2,
        length: 0.16,
        peak: 0.07,
      },
    ],
    place: 'mine',
  }),
  theirClick: (_, random) => ({
    voices: [{ wave: 'sine', hz: 420 + random() * 60, toHz: 300, length: 0.06, peak: 0.12 }],
    place: 'theirs',
    rest: 0.1,
  }),

  spawn: () =>
    front(played([c, g, d + octave, a + octave], { step: 0.07, length: 0.5, peak: 0.1, wave: 'sine' })),
  goldenMine: () =>
    front([
      ...played([c, e, g, c + octave, e + octave], { step: 0.07, length: 0.4, peak: 0.22 }),
      ...bell(note(g + octave), 0.8, 0.1, 0.35),
    ]),
  goldenTheirs: () => front([wah(d, 0, 0.3), wah(b - octave, 0.28, 0.6)]),
  bonusEnd: () => front(played([g, d], { step: 0.11, length: 0.22, peak: 0.14, wave: 'sine' })),

  ahead: () => front(played([e, a], { step: 0.08, length: 0.22, peak: 0.14 })),
  behind: () => front(played([a - octave, e - octave], { step: 0.08, length: 0.26, peak: 0.2 })),

  // In the last seconds twice each.
  tick: (level) =>
    front([
      ...tock(300 + 240 * level, 0.3 + 0.2 * level),
      ...(level < 0.6 ? [] : tock(300 + 240 * level, 0.3, 0.5)),
    ]),
  bell: () => front(bell(note(b + octave), 1.1, 0.3)),

  away: () => front(played([e, c, a - octave], { step: 0.12, length: 0.3, peak: 0.16, wave: 'sine' })),
  back: () => front(played([a - octave, c, e], { step: 0.1, length: 0.3, peak: 0.16, wave: 'sine' })),

  won: () =>
    front([
      ...played([g - octave, c, e, g], { step: 0.13, length: 0.35, peak: 0.24 }),
      ...played([c, e, g, c + octave], { step: 0, length: 1.3, peak: 0.15 }).map((voice) => ({
        ...voice,
        at: 0.55,
      })),
    ]),
  lost: () =>
    front([
      ...played([e, d, c, a - octave], { step: 0.2, length: 0.45, peak: 0.22 }),
      { wave: 'triangle', hz: note(f - 2 * octave), at: 0.6, length: 1, attack: 0.03, peak: 0.22 },
    ]),
  drawn: () =>
    front([
      ...played([c, g, c, g], { step: 0.15, length: 0.35, peak: 0.2 }),
      ...played([c, g], { step: 0, length: 1, peak: 0.18 }).map((voice) => ({ ...voice, at: 0.65 })),
    ]),
  rematch: () => front([...tock(300, 0.4), ...tock(300, 0.4, 0.14), ...tock(380, 0.4, 0.28)]),

  knead: (_, random) => ({
    voices: [
      { wave: 'sine', hz: 210 + random() * 40, toHz: 110, length: 0.16, attack: 0.012, peak: 0.45 },
      { wave: 'noise', hz: 700, length: 0.1, attack: 0.01, peak: 0.3 },
    ],
    place: 'mine',
  }),
  roll: () =>
    front([
      ...bell(note(e + octave), 0.6, 0.2),
      ...played([c, e, g], { step: 0.06, length: 0.25, peak: 0.14 }),
    ]),
};

export const cueNames = Object.keys(recipes) as CueName[];

/** How to make this heard. @param random from 0 to 1, for what is never twice the same */
export const recipeFor = ({ name, level }: Cue, random: () => number = Math.random): Recipe =>
  recipes[name](level, random);
