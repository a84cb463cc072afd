import type { Dialect } from './dialect.ts';

/** `4` is a message of Engine.IO, `2` in it an event of Socket.IO, then the number by which it is acknowledged. */
const emit = (ackId: number, ...event: unknown[]) => `42${ackId}${JSON.stringify(event)}`;
const joinId = 0;
const clickEvent = '42["click",';
const ack = '43';

/** Engine.IO 4 and Socket.IO 5 over a WebSocket. Their client keeps what is emitted while it is cut off. */
export const socketio: Dialect = {
  address: (server) => `ws://${server}/socket.io/?EIO=4&transport=websocket`,
  saysWhenConnected: true,
  join: ({ match, role }) => emit(joinId, 'join', match, role),
  click: (seq) => emit(seq, 'click', seq),
  hear: (data, player) => {
    const packet = data.toString();
    if (packet.startsWith(clickEvent)) {
      const seq = Number.parseInt(packet.slice(clickEvent.length), 10);
      player.see(seq - 1, seq);
    } else if (packet.startsWith(ack)) {
      const [told] = JSON.parse(packet.slice(packet.indexOf('[')));
      const isJoin = Number.parseInt(packet.slice(ack.length), 10) === joinId;
      player.isOn ||= isJoin;
      player.counted = isJoin ? told[player.seat.role] : told;
    } else if (packet === '2') {
      return '3';
    } else if (packet.startsWith('0')) {
      return '40';
    } else if (packet.startsWith('40')) {
      player.isConnected = true;
    }
    return undefined;
  },
  backAfterMs: 1_000,
  catchUp: ({ sent, whenLost }) =>
    Array.from({ length: sent - whenLost.sent }, (_, i) => socketio.click(whenLost.sent + i + 1)),
};
