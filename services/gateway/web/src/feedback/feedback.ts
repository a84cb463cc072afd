/** Makes the game heard and felt, as far as the player wants. Loaded by itself, once there is something to look at. */
import { effect, signal } from '@preact/signals';
import { game } from '../state/game.ts';
import { canVibrate, settings } from '../state/settings.ts';
import { cuesBetween, emptyScene, type Scene, sceneAfter } from './cues.ts';
import { Haptics } from './haptics.ts';
import { Sound } from './sound.ts';

/** From now on for as long as the page is there. */
export function startFeedback(): void {
  const sound = new Sound();
  const haptics = canVibrate() ? new Haptics() : undefined;
  const isVisible = signal(!document.hidden);
  let byTouch = false;
  let scene: Scene | undefined;

  // Before the handlers of what is pressed: its sound is to come at once.
  const onGesture = (event: Event) => {
    byTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    sound.wake();
  };
  for (const type of ['pointerdown', 'pointerup', 'keydown', 'click'])
    addEventListener(type, onGesture, { capture: true });
  document.addEventListener('visibilitychange', () => {
    isVisible.value = !document.hidden;
  });

  effect(() => sound.turn(settings.sound.value && isVisible.value));
  effect(() => {
    const seen = {
      match: game.match.value,
      wait: game.wait.value,
      tastes: game.tastes.value,
      now: game.now.value,
    };
    const next = sceneAfter(scene ?? emptyScene, seen);
    const cues = scene ? cuesBetween(scene, next) : [];
    scene = next;
    if (!isVisible.peek()) return;
    for (const cue of cues) {
      sound.play(cue);
      if (settings.haptics.peek()) haptics?.feel(cue.name, byTouch, performance.now());
    }
  });
}
