/** What may come out of Valkey on a channel: nonsense, and what looks as if a service had published it. */
import fc from 'fast-check';
import { jsonText } from './texts.ts';

/** A message of a match's channel or a gateway's; `$A`, `$B`, `$IDLE`, `$ROOM` and `$SEQ` stand for what is there then. */
export interface Message {
  channel: 'match' | 'gateways';
  text: string;
  /** What `$SEQ` is, counted from the number that the match's latest event has. */
  ahead: number;
  /** How long after the one before, in ms. */
  afterMs: number;
}

const number = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '-1',
    '5',
    '1.5',
    '1e999',
    '9007199254740993',
    '999999',
    'null',
    '"1"',
    '[]',
    '""',
  ),
  fc.integer().map(String),
);
const whole = fc.oneof(fc.constantFrom('0', '1', '7', '999', '4102444800000'), fc.nat(100).map(String));
const seq = fc.oneof({ weight: 5, arbitrary: fc.constant('$SEQ') }, { weight: 1, arbitrary: number });
const role = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('"p1"', '"p2"') },
  { weight: 1, arbitrary: fc.constantFrom('"p3"', 'null', '"__proto__"') },
);
const player = fc.constantFrom('"$A"', '"$B"', '"$IDLE"', '"nobody"', '""', '"__proto__"');
const room = fc.constantFrom(
  '"$ROOM"',
  '"no-such-room"',
  '""',
  '"}"',
  '"{$ROOM}:events"',
  `"${'x'.repeat(2_000)}"`,
);

/** An object whose values are drawn one by one. */
const object = (fields: Record<string, fc.Arbitrary<string>>) =>
  fc.record(fields).map(
    (values) =>
      `{${Object.entries(values)
        .map(([key, value]) => `"${key}":${value}`)
        .join(',')}}`,
  );
const literal = (text: string) => fc.constant(`"${text}"`);

const scores = { p1Score: whole, p2Score: whole };
const events = fc.oneof(
  object({ type: literal('click'), seq, role, count: number, ack: number, ...scores }),
  object({ type: literal('spawn'), seq, id: number, x: number, y: number }),
  object({ type: literal('claim'), seq, role, id: number, claimedBy: player, bonusUntil: number, ...scores }),
  object({ type: literal('away'), seq, role, until: number }),
  object({ type: literal('back'), seq, role }),
  object({
    type: literal('over'),
    seq,
    winner: player,
    reason: fc.constantFrom('""', '"quit"', '"opponent_disconnected"', '"x"'),
    ...scores,
  }),
);
/** Those that a gateway must take for right. */
const forged = fc.oneof(
  object({ type: literal('click'), seq: fc.constant('$SEQ'), role, count: whole, ack: whole, ...scores }),
  object({ type: literal('spawn'), seq: fc.constant('$SEQ'), id: whole, x: whole, y: whole }),
  object({ type: literal('away'), seq: fc.constant('$SEQ'), role, until: whole }),
  object({
    type: literal('over'),
    seq: fc.constant('$SEQ'),
    winner: player,
    reason: fc.constantFrom('""', '"quit"'),
    ...scores,
  }),
);
const notices = fc.oneof(
  object({ type: literal('match'), playerId: player, roomId: room }),
  object({ type: literal('rematch'), playerId: player, roomId: room, by: player }),
  object({
    type: literal('takeover'),
    playerId: player,
    connection: fc.oneof(number, fc.constant('4102444800000')),
  }),
  object({
    type: fc.constantFrom('"match"', '"else"', 'null', '"__proto__"'),
    playerId: number,
    roomId: number,
  }),
);
const nonsense = fc.oneof(
  jsonText,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '[', 'null', '0', '"', '[['.repeat(50_000), `{"type":"${'x'.repeat(1_000_000)}"}`),
);

const on = (channel: Message['channel'], texts: fc.Arbitrary<string>): fc.Arbitrary<Message> =>
  fc.record({
    channel: fc.constant(channel),
    text: texts,
    ahead: fc.constantFrom(1, 1, 1, 2, 0, -1, 1_000, 9_007_199_254_740_000),
    afterMs: fc.nat(120),
  });

export const message: fc.Arbitrary<Message> = fc.oneof(
  { weight: 4, arbitrary: on('match', forged) },
  { weight: 2, arbitrary: on('match', events) },
  { weight: 3, arbitrary: on('gateways', notices) },
  { weight: 1, arbitrary: on('match', nonsense) },
  { weight: 1, arbitrary: on('gateways', nonsense) },
);
