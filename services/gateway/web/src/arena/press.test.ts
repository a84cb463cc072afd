import { expect, it } from 'vitest';
import { type Place, pressHandlers } from './press.ts';

/** Handlers, and the presses that they made of events so far. */
function pressed(shortcuts?: Record<string, () => void>) {
  const places: Place[] = [];
  const event = <E>(fields: Partial<E>) => ({ preventDefault() {}, ...fields }) as E;
  return { places, event, on: pressHandlers((place) => places.push(place), shortcuts) };
}

it('counts each finger as it goes down', () => {
  const { places, event, on } = pressed();
  on.onPointerDown(event<PointerEvent>({ button: 0, clientX: 1, clientY: 2 }));
  on.onPointerDown(event<PointerEvent>({ button: 0, clientX: 3, clientY: 4, isPrimary: false }));
  expect(places).toEqual([
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ]);
});

it('does not count other mouse buttons', () => {
  const { places, event, on } = pressed();
  on.onPointerDown(event<PointerEvent>({ button: 2 }));
  expect(places).toEqual([]);
});

it('counts a key once however long it is held', () => {
  const { places, event, on } = pressed();
  for (const key of [' ', 'Enter']) {
    on.onKeyDown(event<KeyboardEvent>({ key, repeat: false }));
    on.onKeyDown(event<KeyboardEvent>({ key, repeat: true }));
    on.onKeyUp(event<KeyboardEvent>({ key }));
  }
  on.onKeyDown(event<KeyboardEvent>({ key: 'a', repeat: false }));
  expect(places).toEqual([undefined, undefined]);
});

it('has shortcuts, in upper and lower case, and leaves those of the browser alone', () => {
  const golden: string[] = [];
  const { places, event, on } = pressed({ G: () => golden.push('G') });
  on.onKeyDown(event<KeyboardEvent>({ key: 'g' }));
  on.onKeyDown(event<KeyboardEvent>({ key: 'G' }));
  on.onKeyDown(event<KeyboardEvent>({ key: 'g', repeat: true }));
  on.onKeyDown(event<KeyboardEvent>({ key: 'g', ctrlKey: true }));
  on.onKeyDown(event<KeyboardEvent>({ key: 'h' }));
  expect(golden).toEqual(['G', 'G']);
  expect(places).toEqual([]);
});

it('counts the click of a screen reader, and not that which follows a pointer', () => {
  const { places, event, on } = pressed();
  on.onClick(event<MouseEvent>({ detail: 0 }));
  on.onClick(event<MouseEvent>({ detail: 1 }));
  expect(places).toEqual([undefined]);
});
