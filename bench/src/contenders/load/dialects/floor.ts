import { type Dialect, numberAfter } from './dialect.ts';

/** A click is passed on as it came. */
export const floor: Dialect = {
  address: (server) => `ws://${server}/`,
  join: ({ match, role }) => `${role} ${match}`,
  click: (seq) => `{"type":"CLICK","payload":{"seq":${seq},"count":1}}`,
  hear: (data, player) => {
    const frame = data.toString();
    const seq = numberAfter(frame, '"seq":');
    if (seq !== undefined) player.see(seq - 1, seq);
    else if (frame === 'joined') player.isOn = true;
    return undefined;
  },
  backAfterMs: 100,
  catchUp: () => [],
};
