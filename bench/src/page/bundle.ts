import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes, as they are and as the gateway sends them. */
export interface Size {
  raw: number;
  gzip: number;
  brotli: number;
}

/** How much of each kind the page is made of. */
export interface Bundle {
  html: Size;
  /** Scripts and styles that the page names. */
  first: { js: Size; css: Size };
  /** Those that it loads when they are needed. */
  later: { js: Size; css: Size };
}

/**
 * @param dist where the page has been built
 * @throws Error that says how to build it
 */
export async function measureBundle(dist: string): Promise<Bundle> {
  const html = await readFile(join(dist, 'index.html'), 'utf8').catch(() => {
    throw new Error('the page is not built; to build it: npm run build');
  });
  const files = await readdir(join(dist, 'assets'));
  const sizes = new Map<string, Size>();
  for (const file of files.filter((name) => /\.(js|css)$/.test(name))) {
    sizes.set(file, await sizeOf(join(dist, 'assets', file)));
  }
  const sum = (extension: string, isFirst: boolean) =>
    [...sizes]
      .filter(([file]) => file.endsWith(extension) && html.includes(`"/assets/${file}"`) === isFirst)
      .map(([, size]) => size)
      .reduce(add, { raw: 0, gzip: 0, brotli: 0 });
  return {
    html: await sizeOf(join(dist, 'index.html')),
    first: { js: sum('.js', true), css: sum('.css', true) },
    later: { js: sum('.js', false), css: sum('.css', false) },
  };
}

/** The build lays the compressed files beside. */
async function sizeOf(file: string): Promise<Size> {
  const [raw, gzip, brotli] = await Promise.all(
    ['', '.gz', '.br'].map(async (ending) => (await readFile(file + ending)).length),
  );
  return { raw: raw ?? 0, gzip: gzip ?? 0, brotli: brotli ?? 0 };
}

const add = (a: Size, b: Size): Size => ({
  raw: a.raw + b.raw,
  gzip: a.gzip + b.gzip,
  brotli: a.brotli + b.brotli,
});
