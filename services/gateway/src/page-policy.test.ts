import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { pagePolicy, styleHashes } from './page-policy.ts';

test('each style of a page is named by the hash of its text, and what only looks like one is not', () => {
  // `printf 'doSomething();' | openssl dgst -sha256 -binary | base64`
  const known = "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='";
  expect(styleHashes('<style>doSomething();</style>\n<style>doSomething();</style>')).toEqual([known, known]);
  expect(styleHashes('<style>\ndoSomething();\n</style>')).not.toEqual([known]);
  expect(styleHashes('<p style="color: red">no <b>style</b></p>')).toEqual([]);
});

test('a page that is built anew under a gateway that runs keeps its styles', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-page-'));
  try {
    const file = join(dir, 'index.html');
    const app = new Hono().use(pagePolicy(file)).get('/', (c) => c.text(''));
    const styleSrc = async () =>
      (await app.request('/')).headers.get('content-security-policy')?.match(/style-src [^;]+/)?.[0];
    // As long as it is being built.
    expect(await styleSrc()).toMatch(/^style-src 'self' *$/);
    for (const [i, css] of ['p{color:red}', 'p{color:tan}'].entries()) {
      const page = `<style>${css}</style>`;
      await writeFile(file, page);
      await utimes(file, i + 1, i + 1);
      expect(await styleSrc()).toBe(`style-src 'self' ${styleHashes(page).join()}`);
    }
  } finally {
    await rm(dir, { recursive: true });
  }
});
