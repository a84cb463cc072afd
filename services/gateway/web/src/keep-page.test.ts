import { afterEach, expect, it, vi } from 'vitest';
import { loadAnew } from './keep-page.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser that keeps the page. @returns what is done in it, in turn */
function browser(navigator: object): string[] {
  const done: string[] = [];
  const caches = {
    keys: async () => ['shell'],
    delete: async (name: string) => done.push(`delete ${name}`),
  };
  vi.stubGlobal('navigator', navigator);
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('window', { caches });
  vi.stubGlobal('location', { reload: () => done.push('reload') });
  return done;
}

it('keeps nothing of the page when that is loaded anew: on a slow line the same would be shown again', async () => {
  let isRegistered = true;
  const unregister = async () => {
    isRegistered = false;
  };
  const done = browser({ serviceWorker: { getRegistrations: async () => [{ unregister }] } });
  await loadAnew();
  expect(done).toEqual(['delete shell', 'reload']);
  expect(isRegistered).toBe(false);
});

it('loads the page anew where browsers keep none', async () => {
  const done = browser({});
  await loadAnew();
  expect(done.at(-1)).toBe('reload');
});
