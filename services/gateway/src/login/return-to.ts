/** Where somebody who has signed in is sent. */
export interface ReturnTo {
  href: string;
  /** Whether it is the gateways' own page, which has their cookie, or that of an allowed origin, which needs a code. */
  isOwn: boolean;
}

/** The flow is kept in a cookie, of which browsers take 4,096 bytes. */
const maxLength = 1_024;

/**
 * Checks where somebody wants to come out: anywhere else, a link to us would be one to whoever made it.
 *
 * @param asked an address, or a path of our own page
 * @returns undefined if nobody is to be sent there
 */
export function returnTo(asked: string, publicUrl: URL, allowedOrigins: string[]): ReturnTo | undefined {
  const url = URL.parse(asked, publicUrl);
  // blob: and the like have the origin of what is inside of them.
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > maxLength) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const isOwn = url.origin === publicUrl.origin;
  return isOwn || allowedOrigins.includes(url.origin) ? { href: url.href, isOwn } : undefined;
}

/** The address with a code that only that page finds out: a fragment is sent to no server, and is in no log. */
export function withCode(href: string, code: string): string {
  const url = new URL(href);
  url.hash = new URLSearchParams({ login: code }).toString();
  return url.href;
}
