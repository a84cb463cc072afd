/** A press by finger, mouse, key or assistive technology: each pressed finger and each key stroke is one press. */

/** Where it was pressed, in page pixels; undefined when not by a pointer. */
export type Place = { x: number; y: number } | undefined;

interface PressHandlers {
  onPointerDown(event: PointerEvent): void;
  onKeyDown(event: KeyboardEvent): void;
  onKeyUp(event: KeyboardEvent): void;
  onClick(event: MouseEvent): void;
}

const isPressKey = (key: string) => key === ' ' || key === 'Enter';

/**
 * The event handlers of a button that acts as it goes down, not when it comes up again.
 * @param shortcuts what other keys do while it has the focus, by their names in upper case
 */
export function pressHandlers(
  onPress: (place: Place) => void,
  shortcuts: Readonly<Record<string, () => void>> = {},
): PressHandlers {
  return {
    onPointerDown(event) {
      if (event.button === 0) onPress({ x: event.clientX, y: event.clientY });
    },
    onKeyDown(event) {
      // Those with a modifier are the browser's.
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = isPressKey(event.key) ? () => onPress(undefined) : shortcuts[event.key.toUpperCase()];
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    },
    onKeyUp(event) {
      // Firefox makes a click of the space bar as it comes up.
      if (isPressKey(event.key)) event.preventDefault();
    },
    onClick(event) {
      // A pointer's click was counted when it went down; a screen reader's comes alone, and with no detail.
      if (event.detail === 0) onPress(undefined);
    },
  };
}
