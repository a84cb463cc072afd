/** One cookie, as it was set. */
export interface Cookie {
  value: string;
  /** As in the header, in lower case: `httponly`, `samesite=lax`. */
  attributes: string[];
}

/**
 * As much of a browser as signing in needs, written from what browsers do: it keeps cookies by host and whatever the
 * port, and shows each redirect.
 */
export class TestBrowser {
  readonly cookies = new Map<string, Cookie>();
  /** What nobody else is to know: all that was in cookies, and in the addresses that it was sent to. */
  readonly secrets = new Set<string>();

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    for (const name of ['code', 'state', 'nonce']) {
      const secret = new URL(url).searchParams.get(name);
      if (secret) this.secrets.add(secret);
    }
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', this.header);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const text of response.headers.getSetCookie()) this.#keep(text);
    return response;
  }

  get header(): string {
    return [...this.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  /** Goes where a redirect leads. @throws Error with what was said in place of one */
  async follow(url: string): Promise<string> {
    const response = await this.ask(url);
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url} led nowhere: ${response.status} ${await response.text()}`);
    return new URL(location, url).href;
  }

  #keep(text: string): void {
    const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    const isGone = attributes.some((each) => /^max-age=0$/i.test(each) || /^expires=.*19[67]\d/i.test(each));
    if (!isGone) this.secrets.add(value);
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, { value, attributes: attributes.map((each) => each.toLowerCase()) });
  }
}

/**
 * Signs in at the issuer.
 *
 * @param address where the gateway has sent the browser
 * @param login who it is; undefined for whoever would rather not
 * @returns where the issuer sends the browser back to
 */
export async function passIssuer(
  browser: TestBrowser,
  address: string,
  login: string | undefined,
): Promise<string> {
  const { origin } = new URL(address);
  let at = address;
  while (at.startsWith(origin)) {
    const response = await browser.ask(at);
    const location = response.headers.get('location');
    if (location !== null) {
      at = new URL(location, at).href;
      continue;
    }
    const page = await response.text();
    const form = page.match(/<form[^>]* action="([^"]+)"[\s\S]*?name="prompt" value="(\w+)"/);
    const abort = page.match(/href="([^"]+\/abort)"/);
    if (!form?.[1] || !form[2] || !abort?.[1]) throw new Error(`the issuer said ${response.status}: ${page}`);
    if (login === undefined) {
      at = new URL(abort[1], at).href;
      continue;
    }
    const body = new URLSearchParams({ prompt: form[2], login, password: 'any' });
    const answer = await browser.ask(new URL(form[1], at).href, { method: 'POST', body });
    at = new URL(answer.headers.get('location') ?? '', at).href;
  }
  return at;
}
