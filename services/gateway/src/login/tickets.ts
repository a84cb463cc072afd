import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import * as z from 'zod/mini';
import { OneTime } from './one-time.ts';

const Identity = z.object({ id: z.string(), name: z.string(), picture: z.string(), email: z.string() });

export type Tickets = ReturnType<typeof tickets>;
export type LoginCodes = ReturnType<typeof loginCodes>;

/** Opens one WebSocket, for whoever would rather not have a token in an address: those end up in logs. */
export const tickets = (valkey: Valkey) =>
  new OneTime({ valkey, schema: Identity, key: keys.ticket, ttlMs: 30_000 });

/** Gives a page on another origin the session of who has signed in for it, if it can prove that it asked. */
export const loginCodes = (valkey: Valkey) =>
  new OneTime({
    valkey,
    schema: z.object({ identity: Identity, challenge: z.string() }),
    key: keys.loginCode,
    ttlMs: 60_000,
  });
