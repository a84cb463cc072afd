import { expect, test } from 'vitest';
import { styleHashes } from './page-policy.ts';

test('each style of a page is named by the hash of its text, and what only looks like one is not', () => {
  // `printf 'doSomething();' | openssl dgst -sha256 -binary | base64`
  const known = "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='";
  expect(styleHashes('<style>doSomething();</style>\n<style>doSomething();</style>')).toEqual([known, known]);
  expect(styleHashes('<style>\ndoSomething();\n</style>')).not.toEqual([known]);
  expect(styleHashes('<p style="color: red">no <b>style</b></p>')).toEqual([]);
});
