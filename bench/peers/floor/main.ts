/**
 * The floor: the least that relays a player's clicks to an opponent at another process. A bare `ws` server that
 * publishes each frame as it came on its match's sharded channel, and writes what comes by the channel to the other
 * player's socket. It checks nothing, counts nothing and remembers nothing.
 *
 * A socket's first frame says where it plays, as in `p1 match-7`, and is answered with `joined`.
 */
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { type WebSocket, WebSocketServer } from 'ws';
import { port, valkeyUrl } from '../environment.ts';

const publisher = new Redis(valkeyUrl);
const subscriber = new Redis(valkeyUrl);

interface Seat {
  role: string;
  socket: WebSocket;
}

/** Who plays here, by their match's channel. */
const channels = new Map<string, Seat[]>();

subscriber.on('smessage', (channel: string, message: string) => {
  const from = message.slice(0, 2);
  for (const { role, socket } of channels.get(channel) ?? []) {
    if (role !== from) socket.send(message.slice(2));
  }
});

function join(socket: WebSocket, frame: string): void {
  const [role = '', match = ''] = frame.split(' ');
  const channel = `floor:{${match}}`;
  const seats = channels.get(channel) ?? [];
  channels.set(channel, [...seats, { role, socket }]);
  socket.on('message', (data) => publisher.spublish(channel, role + data.toString()));
  socket.on('close', () => leave(channel, socket));
  void subscriber.ssubscribe(channel).then(() => socket.send('joined'));
}

function leave(channel: string, socket: WebSocket): void {
  const left = (channels.get(channel) ?? []).filter((seat) => seat.socket !== socket);
  if (left.length > 0) {
    channels.set(channel, left);
  } else {
    channels.delete(channel);
    void subscriber.sunsubscribe(channel);
  }
}

// Whoever asks whether it is ready gets an empty answer with 200.
const server = createServer((_request, response) => response.end());
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.once('message', (data) => join(socket, data.toString()));
});
server.listen(port);
process.once('SIGTERM', () => process.exit());
