import { describe, expect, it } from 'vitest';
import { loadSession, saveSession } from './session.ts';

const session = { token: 't', id: 'guest_1', name: 'Brave Brioche', picture: '', email: '' };

/** As much of a browser's storage as a session needs. */
function fakeStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}

describe('the kept session', () => {
  it('is the one that was saved', () => {
    const storage = fakeStorage();
    saveSession(session, storage);
    expect(loadSession(storage)).toEqual(session);
  });

  it('is gone when forgotten', () => {
    const storage = fakeStorage();
    saveSession(session, storage);
    saveSession(undefined, storage);
    expect(loadSession(storage)).toBeUndefined();
  });

  it('is none when what is kept makes no sense', () => {
    const storage = fakeStorage();
    storage.setItem('overcookied.session', '{"token":1}');
    expect(loadSession(storage)).toBeUndefined();
  });

  it('is none in a browser that keeps nothing', () => {
    const refusing = {
      getItem() {
        throw new Error('forbidden');
      },
      setItem() {
        throw new Error('forbidden');
      },
    } as unknown as Storage;
    expect(loadSession(refusing)).toBeUndefined();
    expect(() => saveSession(session, refusing)).not.toThrow();
  });
});
