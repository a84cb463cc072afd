import { PlayerName } from '@overcookied/shared/api.ts';
import { botIdPrefix } from '@overcookied/shared/tokens.ts';
import { expect, test } from 'vitest';
import { botIdentity, botNames } from './identity.ts';

test.each(botNames)('%s is a valid name, and says that it is a bot', (name) => {
  expect(PlayerName.parse(name)).toBe(name);
  expect(name).toContain('bot');
});

test('every bot is somebody new', () => {
  const bots = Array.from({ length: 100 }, botIdentity);
  expect(new Set(bots.map(({ id }) => id)).size).toBe(100);
  expect(bots.filter(({ id }) => !id.startsWith(botIdPrefix))).toEqual([]);
  expect(new Set(bots.map(({ name }) => name)).size).toBeGreaterThan(1);
});
