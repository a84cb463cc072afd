import { WebSocket } from 'ws';

/** What was answered to a handshake: 101 if the socket is open. */
export interface Knock {
  socket: WebSocket;
  status: number;
  /** In s; NaN where the answer has none. */
  retryAfter: number;
}

/** Knocks at a gateway's `/ws`, with headers that `WebSocket` lets nobody choose. The socket is the caller's to close. */
export async function knock(
  gateway: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<Knock> {
  const socket = new WebSocket(`${gateway.replace('http', 'ws')}/ws?token=${token}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ socket, status: 101, retryAfter: Number.NaN }));
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      const retryAfter = Number(response.headers['retry-after']);
      resolve({ socket, status: response.statusCode ?? 0, retryAfter });
      response.destroy();
    });
  });
}
