import { settings } from '../../state/settings.ts';
import { texts } from '../../texts/texts.ts';
import { Speaker } from '../icons.tsx';

/** Turns the sound off and on by one press. */
export function MuteButton() {
  const { sound } = settings;
  return (
    <button
      class="button button--quiet button--icon"
      type="button"
      role="switch"
      data-testid="mute"
      aria-checked={sound.value}
      aria-label={texts.value.settings.sound}
      onClick={() => {
        sound.value = !sound.value;
      }}
    >
      <Speaker isOn={sound.value} />
    </button>
  );
}
