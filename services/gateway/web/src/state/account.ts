/** Who plays in this browser. */
import { fetchAuthOptions, logOut, RequestError, verify } from '@overcookied/client/api.ts';
import type { Session } from '@overcookied/shared/api.ts';
import { signal } from '@preact/signals';
import { loadSession, saveSession } from './session.ts';

class Account {
  readonly session = signal<Session>();
  /** What players know it by that they can sign in with, if there is such a thing. */
  readonly issuer = signal<string>();
  /** True when the server, not the player, ended the session. */
  readonly hasExpired = signal(false);

  /** Takes up the session that the browser has, by cookie or kept by this page, unless the server rejects it. */
  async open(): Promise<void> {
    const kept = loadSession();
    // Both at once: on a slow line either takes half a second.
    const [signedIn, known] = await Promise.all([this.#whoSignedIn(), kept && this.#whoIsKnown(kept)]);
    if (signedIn) {
      saveSession(undefined);
      this.#begin(signedIn);
    } else if (known) this.enter(known);
    else if (kept) this.expire();
  }

  /** Plays as a guest, whom the browser will know again. */
  enter(session: Session): void {
    saveSession(session);
    this.#begin(session);
  }

  /** Has the server take the cookie back of whoever has signed in. @throws Error when it cannot */
  async logOut(): Promise<void> {
    if (this.issuer.value !== undefined) await logOut('');
  }

  /** Forgets who the player is. */
  leave(): void {
    saveSession(undefined);
    this.session.value = undefined;
  }

  /** Forgets who the player is because the token no longer holds. */
  expire(): void {
    this.leave();
    this.hasExpired.value = true;
  }

  #begin(session: Session): void {
    this.session.value = session;
    this.hasExpired.value = false;
  }

  /** A kept session as the server has it, or as it is if the server cannot say; undefined when it no longer holds. */
  async #whoIsKnown(kept: Session): Promise<Session | undefined> {
    try {
      return await verify('', kept.token);
    } catch (error) {
      // A server that is away has not rejected anybody: the connection keeps trying.
      return error instanceof RequestError && error.status === 401 ? undefined : kept;
    }
  }

  /** Who has signed in, by the cookie; undefined when nobody has, or the server cannot say. */
  async #whoSignedIn(): Promise<Session | undefined> {
    try {
      const { issuer, signedIn } = await fetchAuthOptions('');
      this.issuer.value = issuer ?? undefined;
      return signedIn ? await verify('') : undefined;
    } catch {
      // A guest may play on all the same.
      return undefined;
    }
  }
}

export const account = new Account();
