import type { Logger } from '@overcookied/shared/log.ts';
import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import type { MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import type { Gate } from '../limits/gate.ts';
import { Tries } from './tries.ts';

/** Lets in whoever knows the password of the user `ops`, and nobody who guesses at it. */
export function guard(password: string, gate: Gate, log: Logger): MiddlewareHandler<Served>[] {
  const tries = new Tries();
  return [
    async (c, next) => {
      const { address } = gate.clients.of(c);
      const now = performance.now();
      if (tries.areUsedUp(address, now)) {
        gate.refusals.add('opsPassword', address);
        c.header('Retry-After', String(tries.secondsLeft(now)));
        return c.text('Too many wrong passwords came from your address: wait for a minute.', 429);
      }
      await next();
      // A browser asks without one first, and is told that one is needed.
      if (c.res.status !== 401 || !c.req.header('Authorization')) return;
      tries.failed(address, now);
      log.warn({ address }, 'wrong password for the operator’s page');
    },
    basicAuth({ username: 'ops', password, realm: 'Overcookied operations' }),
  ];
}
