import { expect, test } from 'vitest';
import { Tokens } from './tokens.ts';

const [oldKey, newKey] = ['old'.repeat(11), 'new'.repeat(11)];
const ada = { id: 'guest_1', name: 'Ada', picture: '', email: '' };

const holds = async (token: string, ...keys: [string, ...string[]]) =>
  (await new Tokens(...keys).check(token))?.id === ada.id;

test('a token holds where its key is accepted, and nowhere else', async () => {
  const { token } = await new Tokens(oldKey).issue(ada);
  expect(await new Tokens(oldKey).check(token)).toEqual(ada);
  expect(await holds(token, newKey)).toBe(false);
  expect(await new Tokens(oldKey).check(undefined)).toBeUndefined();
  expect(await holds(`${token}x`, oldKey)).toBe(false);
});

test('a key is replaced in three steps: of two that follow each other either accepts what the other issues', async () => {
  const steps: [string, ...string[]][] = [[oldKey], [oldKey, newKey], [newKey, oldKey], [newKey]];
  for (const [i, step] of steps.entries()) {
    const { token } = await new Tokens(...step).issue(ada);
    for (const other of steps.slice(Math.max(0, i - 1), i + 2)) {
      expect(await holds(token, ...other), `step ${i}`).toBe(true);
    }
  }
});

test('names and pictures of tokens that somebody else signed are cleaned', async () => {
  const { token } = await new Tokens(oldKey).issue({
    ...ada,
    name: '\u202eadA',
    picture: 'http://a.example/',
  });
  expect(await new Tokens(newKey, oldKey).check(token)).toEqual({ ...ada, name: 'adA' });
});
