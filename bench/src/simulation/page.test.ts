import { expect, test } from 'vitest';
import { insertBetweenMarkers } from './page.ts';

const marker = '<!-- measured: written by npm run bench -- simulation --write -->';

test('replaces what is between the markers, and nothing else', () => {
  const once = insertBetweenMarkers(
    `before\n${marker}\nold\n<!-- end -->\nafter\n`,
    '\nnew\n\n',
    'simulation',
  );
  expect(once).toBe(`before\n${marker}\n\nnew\n\n<!-- end -->\nafter\n`);
  expect(insertBetweenMarkers(once, 'new', 'simulation')).toBe(once);
});

test.each(['', marker, `<!-- end -->\n${marker}\n`])('refuses a page without both: %j', (page) => {
  expect(() => insertBetweenMarkers(page, 'new', 'simulation')).toThrow(/lacks/);
});

test('leaves alone what another bench put there', () => {
  expect(() => insertBetweenMarkers(`${marker}\nold\n<!-- end -->\n`, 'new', 'growth')).toThrow(
    /lacks.*growth/,
  );
});
