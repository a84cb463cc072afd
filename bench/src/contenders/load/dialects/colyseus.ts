import type { Player } from '../player.ts';
import type { Dialect } from './dialect.ts';

/** The first byte of each frame says what it is. */
const code = { joinRoom: 10, leaveRoom: 12, roomData: 13, roomState: 14, roomStatePatch: 15 };
/** MessagePack: a short text is `0xa0` and its length, then the text; a number of four bytes is `0xce`, then those. */
const text = (value: string) => [0xa0 | value.length, ...Buffer.from(value)];
const message = (type: string) => [code.roomData, ...text(type)];

const clickMessage = Buffer.from(message('click'));
const startMessage = Buffer.from(message('start'));

/** What is done to a field of the state starts with a byte whose lower bits say to which. */
const fieldBits = 0x3f;
const fieldOf = { p1: 0, p2: 1 };

/** Colyseus' own protocol, of which a game's client reads both what is told and what changes of the state. */
export const colyseus: Dialect = {
  address: async (server, { match, role }) => {
    const response = await fetch(`http://${server}/matchmake/joinOrCreate/match`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match, role }),
    });
    if (!response.ok) throw new Error(`no seat: ${response.status} ${await response.text()}`);
    const { publicAddress, processId, roomId, sessionId } = (await response.json()) as Record<string, string>;
    return `ws://${publicAddress}/${processId}/${roomId}?sessionId=${sessionId}`;
  },
  saysWhenConnected: true,
  join: () => Buffer.from(message('ready')),
  click: (seq) => {
    const frame = Buffer.allocUnsafe(clickMessage.length + 5);
    clickMessage.copy(frame);
    frame[clickMessage.length] = 0xce;
    frame.writeUInt32BE(seq, clickMessage.length + 1);
    return frame;
  },
  hear: (data, player) => {
    if (data[0] === code.roomData) {
      if (data.subarray(0, clickMessage.length).equals(clickMessage)) {
        const seq = readNumber(data, clickMessage.length);
        player.see(seq - 1, seq);
      } else if (data.equals(startMessage)) {
        player.isOn = true;
      }
    } else if (data[0] === code.roomState || data[0] === code.roomStatePatch) {
      hearState(data, player);
    } else if (data[0] === code.joinRoom) {
      player.isConnected = true;
      return Buffer.from([code.joinRoom]);
    }
    return undefined;
  },
  // A game joins anew once its client has found that the room is gone. Here it finds so at once.
  backAfterMs: 100,
  catchUp: () => [],
  goodbye: Buffer.from([code.leaveRoom]),
};

/** A whole number from 0 on in MessagePack. */
function readNumber(data: Buffer, at: number): number {
  const first = data[at] ?? 0;
  if (first === 0xcc) return data.readUInt8(at + 1);
  if (first === 0xcd) return data.readUInt16BE(at + 1);
  if (first === 0xce) return data.readUInt32BE(at + 1);
  return first;
}

/** The scores are the only fields of the state, numbers of four bytes each. */
function hearState(data: Buffer, player: Player): void {
  for (let at = 1; at + 5 <= data.length; at += 5) {
    if (((data[at] ?? 0) & fieldBits) === fieldOf[player.seat.role])
      player.counted = data.readUInt32LE(at + 1);
  }
}
