/** What each does for the price that is measured; the peers as `bench/peers` has them. */

/** This system is one, whatever it runs on. */
export const systems = {
  floor: 'floor',
  ours: 'Overcookied',
  original: "the original's design",
  socketio: 'socket.io',
  colyseus: 'Colyseus',
} as const;
type System = keyof typeof systems;

interface Guarantee extends Record<System, string> {
  what: string;
}

export const guarantees: readonly Guarantee[] = [
  {
    what: 'where the score is',
    floor: 'nowhere',
    ours: 'Valkey, a hash',
    original: 'Valkey, in a JSON value',
    socketio: 'Valkey, a hash',
    colyseus: "memory of the room's process",
  },
  {
    what: 'after a SIGKILL of one process the match',
    floor: 'is not known anywhere',
    ours: 'goes on',
    original: 'goes on, its clock after 3 s',
    socketio: 'goes on',
    colyseus: 'is lost with its process',
  },
  {
    what: 'a click on its way when a connection breaks',
    floor: 'is lost',
    ours: 'is sent again, counts once',
    original: 'is lost',
    socketio: 'is lost, or untold',
    colyseus: 'is lost',
  },
  {
    what: 'a change that collides with others',
    floor: 'there are none',
    ours: 'cannot be: one script',
    original: 'is dropped after three tries',
    socketio: 'cannot be: HINCRBY',
    colyseus: 'cannot be: one process',
  },
  {
    what: 'whoever clicks is told that it counted',
    floor: 'no',
    ours: 'yes, by number',
    original: 'by the score',
    socketio: 'yes, acknowledged',
    colyseus: 'by the score, 20 times a second',
  },
  {
    what: 'an event that was missed',
    floor: 'is gone',
    ours: 'is noticed, the state read again',
    original: 'is made up by the next',
    socketio: 'is made up by the next',
    colyseus: 'cannot be while connected',
  },
  {
    what: 'clicks before the start, after the end, too fast',
    floor: 'are passed on',
    ours: "are refused, by Valkey's clock",
    original: 'are refused after the end',
    socketio: 'are counted',
    colyseus: 'are counted',
  },
  {
    what: "the match's clock, golden cookies, the end, the result",
    floor: 'no',
    ours: 'yes, by game-tickers',
    original: 'a clock, by a gateway',
    socketio: 'no',
    colyseus: 'no',
  },
  {
    what: 'opponents may be at different processes',
    floor: 'yes',
    ours: 'yes',
    original: 'yes',
    socketio: 'yes',
    colyseus: 'no',
  },
  {
    what: 'a click is sent to',
    floor: "the match's two processes",
    ours: "the match's two processes",
    original: 'every process',
    socketio: "the match's two processes",
    colyseus: 'nobody else',
  },
];
