import { type Served, upgrade } from '@overcookied/shared/runtime/bindings.ts';
import type { Hono } from 'hono';
import { RoomId, shakeHands } from '../handshake.ts';
import { Watcher, type WatcherParts } from './watcher.ts';

/** Adds `GET /ws/watch/{roomId}`: a match for whoever would like to see it, without a login. */
export function watchRoute(app: Hono<Served>, parts: WatcherParts & { allowedOrigins: string[] }): void {
  app.get('/ws/watch/:roomId', async (c) => {
    const handshake = await shakeHands(c, parts);
    if ('refused' in handshake) return handshake.refused;
    const roomId = RoomId.safeParse(c.req.param('roomId')).data;
    return upgrade(c, new Watcher(parts, { ...handshake, roomId }));
  });
}
