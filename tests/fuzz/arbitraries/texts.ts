/** Text that a client may send instead of a frame, from right through nearly right to nonsense. */
import fc from 'fast-check';

const types = ['JOIN_QUEUE', 'LEAVE_QUEUE', 'CLICK', 'COOKIE_CLICK', 'QUIT_GAME', 'REMATCH', 'PING'];

/** What JSON, or somebody's idea of it, writes where a number is expected. */
const nastyNumber = fc.oneof(
  fc.constantFrom(
    ...[
      '0',
      '-0',
      '1',
      '-1',
      '1.0',
      '1.5',
      '1e0',
      '1E3',
      '1e4',
      '1e999',
      '-1e999',
      '1e-400',
      '0.1e1',
      '10000',
      '10001',
    ],
    ...['1000000000', '1000000001', '9007199254740991', '9007199254740992', '9007199254740993', '2147483648'],
    ...[
      '-9223372036854775808',
      '18446744073709551616',
      '123456789012345678901234567890',
      '"1"',
      '""',
      'null',
      'true',
    ],
    ...['[]', '[1]', '{}', 'NaN', 'Infinity', '0x10', '01', '+1', '.5', '1.', '-', '1_000', '"\\ud800"', '٣'],
  ),
  fc.integer({ min: -3, max: 40 }).map(String),
  fc.integer().map(String),
  fc.double().map(String),
);

/** Keys that are something else to JavaScript, or to Lua. */
const nastyKey = fc.constantFrom(
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    'then',
    'toJSON',
    '',
    ' ',
    '0',
  ],
  ...['type', 'payload', 'seq', 'count', 'mode', 'code', 'id', 't', '\\ud800', '\\u0000', 'ты', '\\u202e'],
);

const nastyValue = fc.oneof(
  nastyNumber,
  fc.json({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => JSON.stringify(text)),
  nastyKey.map((key) => `{"${key}":{"${key}":1}}`),
  fc.constantFrom(
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\ud83d\ude00"',
    '"\\u0000"',
    '"ranked"',
    '"private"',
    '"practice"',
  ),
);

const type = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...types).map((name) => `"${name}"`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '"click"',
        '"CLICK "',
        '"CLICK\\u0000"',
        '"toString"',
        '"__proto__"',
        '"constructor"',
        '"ERROR"',
        '"GAME_OVER"',
      ],
      ...[
        '"UPDATE"',
        '"PONG"',
        '""',
        'null',
        '7',
        '["PING"]',
        '{"toString":"PING"}',
        '"\\ud800"',
        'true',
        '"PІNG"',
      ],
    ),
  },
);

const member = fc.oneof(
  fc.tuple(fc.constantFrom('seq', 'count', 'id', 't'), nastyNumber),
  fc.tuple(nastyKey, nastyValue),
);

const objectText = (members: [string, string][]) =>
  `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`;

/** A frame of the right form with strange things in it, keys that come twice among them. */
const strange = fc
  .tuple(type, fc.array(member, { maxLength: 4 }), fc.array(fc.tuple(nastyKey, nastyValue), { maxLength: 2 }))
  .chain(([name, payload, others]) =>
    fc
      .shuffledSubarray([['type', name], ['payload', objectText(payload)], ...others] as [string, string][], {
        minLength: 1,
      })
      .map(objectText),
  );

/** A click with numbers from one end of what there is to the other. */
const strangeClick = fc
  .tuple(nastyNumber, nastyNumber)
  .map(([seq, count]) => `{"type":"CLICK","payload":{"seq":${seq},"count":${count}}}`);

const nested = fc
  .tuple(
    fc.integer({ min: 1, max: 255 }),
    fc.constantFrom('[]', '{"a":|}', '{"type":"PING","payload":|}'),
    fc.boolean(),
  )
  .map(([depth, shape, isWhole]) => {
    const [open = '', close = ''] = shape === '[]' ? ['[', ']'] : shape.split('|');
    return (open.repeat(depth) + (shape === '[]' ? '' : '1') + (isWhole ? close.repeat(depth) : '')).slice(
      0,
      512,
    );
  });

const pingText = (t: number) => `{"type":"PING","payload":{"t":${t}}}`;

/** At the limit of 512 bytes, a little below and a little above, by characters of one to four bytes. */
const atTheLimit = fc
  .tuple(fc.integer({ min: 508, max: 512 }), fc.constantFrom(' ', 'é', '€', '😀'), fc.nat(9))
  .map(([bytes, filler, t]) => {
    const [start, end] = [`{"type":"PING","payload":{"t":${t}},"x":"`, '"}'];
    const room = bytes - Buffer.byteLength(start + end);
    const times = Math.floor(room / Buffer.byteLength(filler));
    return `${start}${filler.repeat(times)}${' '.repeat(room - times * Buffer.byteLength(filler))}${end}`;
  });

const tooLong = fc.integer({ min: 513, max: 2_000 }).map((bytes) => pingText(1).padEnd(bytes));

const code = fc.string({ unit: fc.constantFrom(...'abcXYZ09-_'), minLength: 10, maxLength: 64 });

/** What a client may well send; a match is quit only now and then, or there would be none to fuzz. */
export const rightText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map(pingText),
  },
  { weight: 20, arbitrary: fc.constantFrom('{"type":"CLICK","payload":{"count":1}}', '{"type":"CLICK"}') },
  {
    weight: 20,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3 }))
      .map(([seq, count]) =>
        JSON.stringify({ type: 'CLICK', payload: { seq: Math.max(seq, count), count } }),
      ),
  },
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      '{"type":"COOKIE_CLICK","payload":{}}',
      '{"payload":{"id":1},"type":"COOKIE_CLICK"}',
    ),
  },
  { weight: 3, arbitrary: fc.constant('{"type":"LEAVE_QUEUE","payload":{}}') },
  { weight: 3, arbitrary: fc.constant('{"type":"REMATCH"}') },
  {
    weight: 3,
    arbitrary: code.map((text) =>
      JSON.stringify({ type: 'JOIN_QUEUE', payload: { mode: 'private', code: text } }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '{"type":"JOIN_QUEUE"}',
      '{"type":"JOIN_QUEUE","payload":{"mode":"practice"}}',
    ),
  },
  { weight: 1, arbitrary: fc.constant('{"type":"QUIT_GAME","payload":{}}') },
);

/** One change to a text as a broken client, or a broken disk, makes it. */
const change = fc.tuple(
  fc.constantFrom('drop', 'double', 'cut', 'put'),
  fc.nat(200),
  fc.nat(8),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

/** A right text with a few changes. */
const mutated = fc
  .tuple(fc.oneof(rightText, strange), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) =>
    changes.reduce((before, [how, at, length, added]) => {
      const from = before.length === 0 ? 0 : at % before.length;
      const to = from + length;
      if (how === 'cut') return before.slice(0, from);
      if (how === 'put') return before.slice(0, from) + added + before.slice(from);
      if (how === 'double') return before.slice(0, to) + before.slice(from);
      return before.slice(0, from) + before.slice(to);
    }, text),
  );

/** Any text that fits into a frame; most of it is wrong. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: mutated },
  { weight: 4, arbitrary: strange },
  { weight: 3, arbitrary: strangeClick },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: atTheLimit },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
);

/** JSON, or nearly. */
export const jsonText: fc.Arbitrary<string> = fc.oneof(strange, mutated, fc.json({ maxDepth: 4 }));

export const tooLongText: fc.Arbitrary<string> = fc.oneof(tooLong, fc.constant('é'.repeat(257)));
