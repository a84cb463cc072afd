import { type Dialect, numberAfter } from './dialect.ts';

/** The client of the original says each click once, and comes back after a second. */
export const original: Dialect = {
  address: (server) => `ws://${server}/`,
  join: ({ match, role }) => `{"type":"JOIN","payload":{"roomId":"${match}","role":"${role}"}}`,
  click: (seq) => `{"type":"CLICK","payload":{"seq":${seq},"count":1}}`,
  hear: (data, player) => {
    const frame = data.toString();
    if (frame.startsWith('{"type":"OPPONENT_CLICK"')) {
      const seq = numberAfter(frame, '"seq":') ?? 0;
      player.see(seq - 1, seq);
      return undefined;
    }
    if (frame.startsWith('{"type":"GAME_START"')) player.isOn = true;
    player.counted = numberAfter(frame, `"${player.seat.role}Score":`) ?? player.counted;
    return undefined;
  },
  backAfterMs: 1_000,
  catchUp: () => [],
};
