/** How the player wants the page to be; this browser remembers it. */
import { computed, effect, signal } from '@preact/signals';
import * as z from 'zod/mini';
import { chooseLanguage, type Language, languages } from '../texts/languages.ts';

const key = 'overcookied.settings';

const Kept = z.partial(
  z.object({
    language: z.enum(Object.keys(languages) as [Language, ...Language[]]),
    sound: z.boolean(),
    haptics: z.boolean(),
  }),
);

/** What was remembered; nothing where there is none, or it cannot be read. */
function read(): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return {};
  }
}

class Settings {
  /** Undefined until the player has chosen one: then the browser's holds. */
  readonly chosenLanguage = signal<Language>();
  readonly language = computed<Language>(
    () => this.chosenLanguage.value ?? chooseLanguage(globalThis.navigator?.languages ?? []),
  );
  readonly sound = signal(true);
  readonly haptics = signal(true);

  /** Takes up what was remembered, remembers every change from now on, and tells the browser the page's language. */
  open(): void {
    const kept = read();
    this.chosenLanguage.value = kept.language;
    this.sound.value = kept.sound ?? true;
    this.haptics.value = kept.haptics ?? true;
    effect(() => this.#keep());
    effect(() => {
      document.documentElement.lang = this.language.value;
    });
  }

  #keep(): void {
    const settings = {
      language: this.chosenLanguage.value,
      sound: this.sound.value,
      haptics: this.haptics.value,
    };
    try {
      localStorage.setItem(key, JSON.stringify(settings));
    } catch {
      // A browser that keeps nothing begins anew the next time.
    }
  }
}

export const settings = new Settings();

/** Whether there is something to vibrate: some browsers have the function on desktops, too. */
export const canVibrate = (): boolean =>
  'vibrate' in navigator && matchMedia('(any-pointer: coarse)').matches;
