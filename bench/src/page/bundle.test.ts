import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measureBundle } from './bundle.ts';

let dist: string;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'overcookied-bench-'));
});

afterAll(async () => {
  await rm(dist, { recursive: true });
});

test('says how to build a page that is not built', async () => {
  await expect(measureBundle(dist)).rejects.toThrow(/npm run build/);
});

test('what the page names is loaded first, all else later', async () => {
  const lay = async (file: string, raw: number) => {
    await writeFile(join(dist, file), 'x'.repeat(raw));
    await writeFile(join(dist, `${file}.gz`), 'x'.repeat(raw / 10));
    await writeFile(join(dist, `${file}.br`), 'x'.repeat(raw / 100));
  };
  await mkdir(join(dist, 'assets'));
  await lay('index.html', 100);
  await writeFile(
    join(dist, 'index.html'),
    `<script src="/assets/a.js"></script><link rel="modulepreload" href="/assets/b.js">
     <link rel="stylesheet" href="/assets/a.css">`,
  );
  await lay('assets/a.js', 1_000);
  await lay('assets/b.js', 2_000);
  await lay('assets/c.js', 4_000);
  await lay('assets/a.css', 8_000);
  await lay('assets/c.css', 16_000);
  expect(await measureBundle(dist)).toMatchObject({
    html: { gzip: 10, brotli: 1 },
    first: { js: { raw: 3_000, gzip: 300, brotli: 30 }, css: { raw: 8_000, gzip: 800, brotli: 80 } },
    later: { js: { raw: 4_000, gzip: 400, brotli: 40 }, css: { raw: 16_000, gzip: 1_600, brotli: 160 } },
  });
});
