/**
 * The design of the Go original, on the same libraries as this system: a match is one JSON value, changed by
 * read-modify-write under `WATCH`, `MULTI` and `EXEC`; every event goes by one global channel, of which every gateway
 * hears everything; and the gateway that owns a match takes a second off its state each second.
 *
 * Guarantees: scores and the clock survive the gateway that owned the match, since another takes over after three
 * seconds, and both players may be at any gateway. Does not: a click is dropped when others' changes were quicker
 * three times in a row, and lost when a connection broke while it was on its way; nobody is told of either.
 *
 * A socket's first frame says where it plays; clicks carry a number only so that it can be measured which arrived.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { Redis } from 'ioredis';
import { type WebSocket, WebSocketServer } from 'ws';
import { port, valkeyUrl } from '../environment.ts';
import { click, type Match, mayTick, newMatch, type Role, tick } from './match.ts';
import { Transactions } from './transactions.ts';

const channel = 'game_events';
const gateway = randomUUID();
/** As many as go-redis has by default. */
const connections = 10 * availableParallelism();
const transactions = new Transactions(Array.from({ length: connections }, () => new Redis(valkeyUrl)));
const valkey = new Redis(valkeyUrl);
const subscriber = new Redis(valkeyUrl);
await subscriber.subscribe(channel);

type ClientFrame =
  | { type: 'JOIN'; payload: { roomId: string; role: Role } }
  | { type: 'CLICK'; payload: { seq: number } };

type GameEvent = { roomId: string; p1Score: number; p2Score: number } & (
  | { type: 'click'; role: Role; seq: number }
  | { type: 'tick'; timeRemaining: number; owner: string; tickedAt: number }
);

/** A match of which there are players here. */
interface Room extends Pick<Match, 'owner' | 'tickedAt'> {
  sockets: Map<WebSocket, Role>;
  timer: NodeJS.Timeout;
}

const rooms = new Map<string, Room>();
const keyOf = (roomId: string) => `game:${roomId}`;
const scoresOf = ({ p1, p2 }: Match) => ({ p1Score: p1.score, p2Score: p2.score });
const publish = (event: GameEvent) => valkey.publish(channel, JSON.stringify(event));
const frame = (type: string, payload: unknown) => JSON.stringify({ type, payload });

async function join(socket: WebSocket, roomId: string, role: Role): Promise<void> {
  const key = keyOf(roomId);
  await valkey.set(key, JSON.stringify(newMatch(roomId, gateway, Date.now())), 'EX', 7_200, 'NX');
  const match: Match = JSON.parse((await valkey.get(key)) ?? '');
  if (socket.readyState !== socket.OPEN) return;
  const room = rooms.get(roomId) ?? open(match);
  room.sockets.set(socket, role);
  socket.on('close', () => leave(room, roomId, socket));
  socket.on('message', (data) => {
    const { type, payload }: ClientFrame = JSON.parse(data.toString());
    if (type === 'CLICK') void countClick(roomId, role, payload.seq);
  });
  const { timeRemaining } = match;
  socket.send(frame('GAME_START', { roomId, role, timeRemaining, ...scoresOf(match) }));
}

function open({ roomId, owner, tickedAt }: Match): Room {
  const timer = setInterval(() => void countSecond(roomId), 1_000);
  const room = { sockets: new Map(), owner, tickedAt, timer };
  rooms.set(roomId, room);
  return room;
}

function leave(room: Room, roomId: string, socket: WebSocket): void {
  room.sockets.delete(socket);
  if (room.sockets.size > 0) return;
  clearInterval(room.timer);
  rooms.delete(roomId);
}

async function countClick(roomId: string, role: Role, seq: number): Promise<void> {
  const match = await transactions.update<Match>(keyOf(roomId), (before) => click(before, role));
  if (match) await publish({ type: 'click', roomId, role, seq, ...scoresOf(match) });
}

async function countSecond(roomId: string): Promise<void> {
  const room = rooms.get(roomId);
  if (!room || !mayTick(room, gateway, Date.now())) return;
  const match = await transactions.update<Match>(keyOf(roomId), (before) =>
    tick(before, gateway, Date.now()),
  );
  if (!match) return;
  const { timeRemaining, owner, tickedAt } = match;
  await publish({ type: 'tick', roomId, timeRemaining, owner, tickedAt, ...scoresOf(match) });
}

subscriber.on('message', (_channel: string, message: string) => {
  const event: GameEvent = JSON.parse(message);
  const room = rooms.get(event.roomId);
  if (!room) return;
  const { p1Score, p2Score } = event;
  if (event.type === 'tick') {
    const { timeRemaining, owner, tickedAt } = event;
    Object.assign(room, { owner, tickedAt });
    const update = frame('UPDATE', { timeRemaining, p1Score, p2Score });
    for (const socket of room.sockets.keys()) socket.send(update);
    return;
  }
  const update = frame('UPDATE', { p1Score, p2Score });
  for (const [socket, role] of room.sockets) {
    if (role !== event.role) socket.send(frame('OPPONENT_CLICK', { count: 1, seq: event.seq }));
    socket.send(update);
  }
});

// Whoever asks whether it is ready gets an empty answer with 200.
const server = createServer((_request, response) => response.end());
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.once('message', (data) => {
    const { type, payload }: ClientFrame = JSON.parse(data.toString());
    if (type === 'JOIN') void join(socket, payload.roomId, payload.role);
    else socket.close(1002, 'the first frame must be JOIN');
  });
});
server.listen(port);
process.once('SIGTERM', () => process.exit());
