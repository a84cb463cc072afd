/** Every text of the page, in the language that the player reads: `texts.value.lobby.play`. */
import { computed } from '@preact/signals';
import { settings } from '../state/settings.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Language } from './languages.ts';

/** What a catalogue holds: a language that lacks a text does not compile. */
export type Texts = typeof en;

const catalogues: Readonly<Record<Language, Texts>> = { en, de };

export const texts = computed(() => catalogues[settings.language.value]);
