import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Clients } from './limits/clients.ts';

type Policy = NonNullable<NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy']>;

/** For how long a browser keeps to https, in s. */
const year = 365 * 24 * 60 * 60;

const common = {
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  // Only for whom it is true, below.
  strictTransportSecurity: false,
};

const nothing = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Headers for what may do a little more than nothing. */
export const allowing = (contentSecurityPolicy: Policy): MiddlewareHandler =>
  secureHeaders({ ...common, contentSecurityPolicy: { ...nothing, ...contentSecurityPolicy } });

/**
 * Stands before everything: an answer that does not say otherwise may do nothing in a browser. One that came by https is
 * told to come by nothing else from then on.
 */
export const securityHeaders = (clients: Clients): MiddlewareHandler<Served>[] => [
  async (c, next) => {
    await next();
    if (clients.cameByHttps(c)) c.res.headers.set('Strict-Transport-Security', `max-age=${year}`);
  },
  secureHeaders({ ...common, contentSecurityPolicy: nothing, overwrite: false }),
];
