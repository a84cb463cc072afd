import { expect, it } from 'vitest';
import { watchAddress, watchedRoom } from './route.ts';

it.each([
  ['/', undefined],
  ['/watch', undefined],
  ['/watch/', ''],
  ['/watch/V1StGXR8_Z5jdHi6B-myT', 'V1StGXR8_Z5jdHi6B-myT'],
  ['/other/watch/abc', undefined],
])('%s shows the match %s', (pathname, room) => {
  expect(watchedRoom({ pathname })).toBe(room);
});

it('leads to the match that it names', () => {
  const address = watchAddress('V1StGXR8_Z5jdHi6B-myT', 'https://play.example.org');
  expect(address).toBe('https://play.example.org/watch/V1StGXR8_Z5jdHi6B-myT');
  expect(watchedRoom(new URL(address))).toBe('V1StGXR8_Z5jdHi6B-myT');
});
