import { RequestError } from '@overcookied/client/api.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { settings } from '../../state/settings.ts';
import { de } from '../../texts/de.ts';
import { en } from '../../texts/en.ts';
import { loginProblem } from './name-problem.ts';

afterEach(() => {
  settings.chosenLanguage.value = undefined;
});

describe('whoever is not let in', () => {
  it.each([
    [new RequestError(429, 'too many logins'), 'tooMany'],
    [new RequestError(400, 'name: must be shorter'), 'nameRefused'],
    [new RequestError(503, 'no Valkey'), 'serverAway'],
    [new TypeError('fetch failed'), 'serverAway'],
  ] as const)('reads why in their own language: %s', (error, text) => {
    const problem = loginProblem(error);
    for (const [language, catalogue] of [
      ['en', en],
      ['de', de],
    ] as const) {
      settings.chosenLanguage.value = language;
      expect(problem()).toBe(catalogue.welcome[text]);
    }
  });
});
