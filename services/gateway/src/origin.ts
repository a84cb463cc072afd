/**
 * Whether a page of this origin may open a socket here.
 *
 * @param origin the `Origin` header; clients that are not browsers send none
 * @param host the `Host` header: the same origin is always allowed, and a load balancer that ends TLS changes
 *   the scheme but not the host
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: string[],
): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
