/**
 * What a team that wants a game framework would build: Colyseus, several processes with Redis presence and driver, and
 * a room for each match. Both players connect to the process that has the room, as their seat reservation tells them,
 * so that a click does not leave that process.
 *
 * Guarantees: a player who drops out may come back to the same room within ten seconds while its process lives. Does
 * not: scores are in the memory of that process alone and are gone with it, as is the match, whose players may then
 * even get into two different rooms when they ask for it again; a click that was on its way when a connection broke is
 * lost. There is no connection without a room: who waits for an opponent sits in the room of the match to come.
 */
import { defineRoom, defineServer, matchMaker } from '@colyseus/core';
import { RedisDriver } from '@colyseus/redis-driver';
import { RedisPresence } from '@colyseus/redis-presence';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { port, valkeyUrl } from '../environment.ts';
import { MatchRoom } from './match-room.ts';

let turn = 0;

const server = defineServer({
  presence: new RedisPresence(valkeyUrl),
  driver: new RedisDriver(valkeyUrl),
  transport: new WebSocketTransport(),
  publicAddress: `127.0.0.1:${port}`,
  greet: false,
  // Whoever asks whether it is ready gets an empty answer with 200.
  express: (app) => void app.get('/readyz', (_request, response) => void response.end()),
  // Unless told otherwise it goes by counts of rooms that are up to a second old: of rooms that many players ask for at
  // the same time, nearly all would be at one process.
  selectProcessIdToCreateRoom: async () => {
    const processes = await matchMaker.stats.fetchAll();
    return processes[turn++ % processes.length]?.processId ?? matchMaker.processId;
  },
  rooms: { match: defineRoom(MatchRoom).filterBy(['match']) },
});

await server.listen(port);
