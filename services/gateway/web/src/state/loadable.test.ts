import { describe, expect, it } from 'vitest';
import { Loadable } from './loadable.ts';

describe('something that is fetched', () => {
  it('is on its way again as soon as it is asked for after a failure, and stays what it was else', async () => {
    let answer = Promise.reject<string>(new Error('no network'));
    const loadable = new Loadable(() => answer);
    expect(await loadable.load()).toBe(false);
    expect(loadable.current.value).toEqual({ state: 'failed' });

    answer = Promise.resolve('bread');
    const again = loadable.load();
    expect(loadable.current.value).toEqual({ state: 'loading' });
    expect(await again).toBe(true);
    expect(loadable.data).toBe('bread');

    answer = Promise.resolve('cake');
    const newer = loadable.load();
    expect(loadable.data).toBe('bread');
    await newer;
    expect(loadable.data).toBe('cake');
  });
});
