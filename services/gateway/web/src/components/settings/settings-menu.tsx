import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { canVibrate, settings } from '../../state/settings.ts';
import { texts } from '../../texts/texts.ts';
import { Gear } from '../icons.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { Switch } from './switch.tsx';

/** Sound, vibration and language. It closes by Escape, its button, and whatever is pressed or reached beside it. */
export function SettingsMenu() {
  const isOpen = useSignal(false);
  const menu = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    isOpen.value = false;
  };

  useEffect(() => {
    if (!isOpen.value) return;
    const onPress = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) close();
    };
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  }, [isOpen.value]);

  return (
    <section
      ref={menu}
      class="settings"
      aria-label={texts.value.settings.title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen.value) return;
        close();
        button.current?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget && !menu.current?.contains(relatedTarget as Node)) close();
      }}
    >
      <button
        ref={button}
        class="button button--quiet button--icon"
        type="button"
        data-testid="settings"
        aria-label={texts.value.settings.title}
        aria-expanded={isOpen}
        aria-controls="settings"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Gear />
      </button>
      <div id="settings" class="settings__panel panel" hidden={!isOpen.value}>
        <Switch label={texts.value.settings.sound} of={settings.sound} testId="sound" />
        {canVibrate() && (
          <Switch label={texts.value.settings.haptics} of={settings.haptics} testId="haptics" />
        )}
        <LanguageChoice />
      </div>
    </section>
  );
}
