/**
 * What most teams would build: socket.io with its sharded Redis adapter, a room for each match, and the score in a
 * hash. A click is counted by `HINCRBY`, then told to the rest of the room, and the clicker's acknowledgement carries
 * the new score.
 *
 * Guarantees: a score survives the process that counted it, and both players may be at any process. Does not: a click
 * that was on its way when a connection broke is lost, or counted without the opponent being told; the order in which
 * processes' events arrive; nothing is checked, and the match has no clock. Connection state recovery is not to be had
 * with this adapter.
 */
import { createServer } from 'node:http';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { port, valkeyUrl } from '../environment.ts';

type Role = 'p1' | 'p2';
type Scores = Record<Role, number>;

interface ClientEvents {
  join(match: string, role: Role, joined: (scores: Scores) => void): void;
  click(n: number, counted: (score: number) => void): void;
}

interface ServerEvents {
  click(n: number, score: number): void;
}

interface Seat {
  match: string;
  role: Role;
}

// Commands of one turn of the event loop leave together, as ioredis advises for throughput.
const valkey = new Redis(valkeyUrl, { enableAutoPipelining: true });

// Whoever asks whether it is ready gets an empty answer with 200.
const server = createServer((_request, response) => response.end());
const io = new Server<ClientEvents, ServerEvents, Record<string, never>, Partial<Seat>>(server, {
  adapter: createShardedAdapter(valkey, valkey.duplicate(), { subscriptionMode: 'dynamic' }),
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
});

const scoresKey = (match: string) => `scores:${match}`;

// As its guide to memory usage advises: the request that opened a connection would be kept as long as that.
io.engine.on('connection', (connection) => {
  connection.request = null;
});

io.on('connection', (socket) => {
  socket.on('join', async (match, role, joined) => {
    Object.assign(socket.data, { match, role });
    await socket.join(match);
    const [p1, p2] = await valkey.hmget(scoresKey(match), 'p1', 'p2');
    joined({ p1: Number(p1), p2: Number(p2) });
  });

  socket.on('click', async (n, counted) => {
    const { match, role } = socket.data;
    if (match === undefined || role === undefined) return;
    const score = await valkey.hincrby(scoresKey(match), role, 1);
    socket.to(match).emit('click', n, score);
    counted(score);
  });
});

server.listen(port);
process.once('SIGTERM', () => process.exit());
