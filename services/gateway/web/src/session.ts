/** The player's session, kept by the browser so that a reloaded page is the same player. */
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
