/**
 * A guest's session, kept by the page so that a reloaded one is the same player. That of whoever has signed in is in a
 * cookie, which no script can read.
 */
import { Session } from '@overcookied/shared/api.ts';

const key = 'overcookied.session';

/** The kept session, if there is one that can be read. Whether its token still holds, only the server knows. */
export function loadSession(storage: Storage = localStorage): Session | undefined {
  try {
    return Session.parse(JSON.parse(storage.getItem(key) ?? ''));
  } catch {
    return undefined;
  }
}

/** Keeps the session; `undefined` forgets it. A browser that keeps nothing still plays until it is closed. */
export function saveSession(session: Session | undefined, storage: Storage = localStorage): void {
  try {
    if (session) storage.setItem(key, JSON.stringify(session));
    else storage.removeItem(key);
  } catch {
    // Storage is full or forbidden.
  }
}

/** Where to sign in, and come back from to this very page, with the invitation that is in its address. */
export function signInAddress({ pathname, search, hash }: Location = location): string {
  return `/auth/google/login?${new URLSearchParams({ return_to: pathname + search + hash })}`;
}
