import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * A cookie that no script reads, and that no other site's request carries but a link to this one. Over https its name
 * begins with `__Host-`, so that no other host of the same domain can have set it.
 */
export class LoginCookie {
  readonly #name: string;
  readonly #isSecure: boolean;

  /** @param publicUrl where players find the page, which says whether they do so over https */
  constructor(name: string, publicUrl: URL) {
    this.#name = name;
    this.#isSecure = publicUrl.protocol === 'https:';
  }

  read(c: Context): string | undefined {
    return this.#isSecure ? getCookie(c, this.#name, 'host') : getCookie(c, this.#name);
  }

  /** @param maxAge in s */
  set(c: Context, value: string, maxAge: number): void {
    setCookie(c, this.#name, value, { ...this.#options, maxAge });
  }

  clear(c: Context): void {
    deleteCookie(c, this.#name, this.#options);
  }

  get #options() {
    return this.#isSecure ? secureOptions : options;
  }
}

const options = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;
const secureOptions = { ...options, secure: true, prefix: 'host' } as const;
