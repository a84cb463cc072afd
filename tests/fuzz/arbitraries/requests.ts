/** Requests by HTTP: such as anybody may send, and such as are none. */
import fc from 'fast-check';
import { jsonText } from './texts.ts';
import { type TokenRecipe, tokenRecipe } from './tokens.ts';

/** A request of the right form, with anything in it. */
export interface PlainRequest {
  method: string;
  path: string;
  query: string;
  headers: [string, string][];
  token: TokenRecipe | undefined;
  /** How the token comes. */
  by: 'bearer' | 'cookie';
  body: string;
}

/** Addresses that there are; `/auth` and `/api` answer by JSON. */
const paths = [
  ...['/auth/guest', '/auth/verify', '/auth/logout', '/auth/options', '/auth/ticket', '/auth/exchange'],
  ...['/api/leaderboard', '/api/history', '/api/profile', '/auth/google/login', '/auth/google/callback'],
  ...['/api/lobby', '/api/place', '/watch/nobody-plays-this', '/ws/watch/nobody-plays-this'],
  ...[
    '/',
    '/health',
    '/livez',
    '/readyz',
    '/ws',
    '/ops',
    '/index.html',
    '/assets/x',
    '/auth',
    '/api',
    '/auth/nowhere',
  ],
];
const methods = [
  'GET',
  'POST',
  'GET',
  'POST',
  'HEAD',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
];

const segment = fc.constantFrom(
  ...[
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '%5c',
    '\\',
    '%00',
    '%',
    '%zz',
    '%ff',
    '%c3%28',
    '%ed%a0%80',
    ';',
    '//',
    ':',
    '@',
    '*',
  ],
  ...['~', '%0d%0aX:1', '%25', '%e2%80%ae', '{}', "'", '"', '<b>', '__proto__', 'x'.repeat(2_000)],
);
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...paths) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...paths), fc.array(segment, { minLength: 1, maxLength: 4 }))
      .map(([base, parts]) => `${base}/${parts.join('/')}`),
  },
);

const field = fc.constantFrom(
  ...[
    'board',
    'limit',
    'userId',
    'token',
    'ticket',
    'room',
    'return_to',
    'challenge',
    'state',
    'code',
    'error',
    'iss',
  ],
  ...['__proto__', 'constructor', ''],
);
const value = fc.oneof(
  fc.constantFrom(
    ...[
      'alltime',
      'weekly',
      'rating',
      '10',
      '0',
      '-1',
      '1e999',
      '101',
      '5.5',
      'NaN',
      '',
      '%',
      '%zz',
      '%00',
      '%ff',
      '+',
      '[]',
    ],
    ...[
      '/',
      '//evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
      '/\\evil.example',
      'http://127.0.0.1:1',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constant('x'.repeat(3_000)),
);
const query = fc
  .array(fc.tuple(field, value), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, text]) => `${name}=${text}`).join('&')}`));

/** What a header may hold by RFC 9110: visible characters, spaces and tabs within, and bytes above. */
const headerValue = fc
  .string({
    unit: fc
      .oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0x21, max: 0x7e }) },
        { weight: 1, arbitrary: fc.constantFrom(0x20, 0x09) },
        { weight: 1, arbitrary: fc.integer({ min: 0x80, max: 0xff }) },
      )
      .map((code) => String.fromCharCode(code)),
    maxLength: 200,
  })
  .map((text) => text.trim());
const header: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      ...[
        'Origin',
        'Referer',
        'Cookie',
        'X-Forwarded-For',
        'X-Forwarded-Proto',
        'X-Forwarded-Host',
        'Forwarded',
        'Accept',
      ],
      ...[
        'Accept-Encoding',
        'If-None-Match',
        'If-Modified-Since',
        'Range',
        'User-Agent',
        'X',
        '__proto__',
        'Traceparent',
      ],
      ...[
        'Access-Control-Request-Method',
        'Access-Control-Request-Headers',
        'Sec-Fetch-Site',
        'Upgrade-Insecure-Requests',
      ],
    ),
    headerValue,
  ),
  fc.constantFrom<[string, string]>(
    ['Accept-Encoding', 'gzip, br;q=1.0, *;q=0'],
    ['Range', 'bytes=0-0,-1,5-2'],
    ['Origin', 'null'],
    ['Origin', 'https://evil.example'],
    ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['Cookie', 'overcookied=; overcookied=a.b.c; overcookied-sign-in=x; =; ;;'],
    ['Cookie', 'overcookied-sign-in=%00%ff'],
    ['X-Forwarded-For', '1.2.3.4, ::1, unknown, "[::1]:1"'],
    ['Traceparent', '00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff'],
    ['Content-Type', 'text/plain'],
    ['Content-Type', 'application/json; charset=utf-7'],
    ['Expect', 'a miracle'],
  ),
);

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    'Ada',
    '\u202eadA',
    '\u0000',
    ' '.repeat(30),
    'é'.repeat(24),
    '👩‍👩‍👧‍👦'.repeat(8),
    'Z\u0351\u0351\u0351\u0351',
  ),
);
const body = fc.oneof(
  { weight: 3, arbitrary: name.map((text) => JSON.stringify({ name: text })) },
  { weight: 2, arbitrary: jsonText },
  { weight: 1, arbitrary: fc.record({ code: name, verifier: name }).map((value) => JSON.stringify(value)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[['.repeat(2_000),
      `{"name":"${'x'.repeat(5_000)}"}`,
      '{"name":"\\ud800"}',
    ),
  },
);

export const plainRequest: fc.Arbitrary<PlainRequest> = fc.record({
  method: fc.constantFrom(...methods),
  path,
  query,
  headers: fc.array(header, { maxLength: 4 }),
  token: fc.option(tokenRecipe, { nil: undefined }),
  by: fc.constantFrom('bearer', 'cookie'),
  body,
});

/** What is changed of a request, so that it may be none any more. */
export type Damage =
  | { kind: 'put'; at: number; hex: string }
  | { kind: 'drop'; at: number; length: number }
  | { kind: 'cut'; at: number }
  | { kind: 'first line'; text: string }
  | { kind: 'header'; text: string };

const hex = fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes).toString('hex'));

export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({
    kind: fc.constant('put'),
    at: fc.nat(600),
    hex: fc.oneof(hex, fc.constantFrom('00', '0a', '0d', '0d0a0d0a')),
  }),
  fc.record({ kind: fc.constant('drop'), at: fc.nat(600), length: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('cut'), at: fc.nat(600) }),
  fc.record({
    kind: fc.constant('first line'),
    text: fc.constantFrom(
      ...[
        'GET / HTTP/0.9',
        'GET / HTTP/9.9',
        'GET /',
        'PRI * HTTP/2.0',
        'OPTIONS * HTTP/1.1',
        'GET // HTTP/1.1',
        'GET * HTTP/1.1',
      ],
      ...[
        'CONNECT evil.example:443 HTTP/1.1',
        'GET http://evil.example/ HTTP/1.1',
        'GET http:// HTTP/1.1',
        'GET ? HTTP/1.1',
      ],
      ...[
        'get /health HTTP/1.1',
        'X'.repeat(5_000),
        'GET  /  HTTP/1.1',
        'GET /\u0000 HTTP/1.1',
        'GET /é HTTP/1.1',
        '',
      ],
    ),
  }),
  fc.record({
    kind: fc.constant('header'),
    text: fc.constantFrom(
      ...[
        'Content-Length: -1',
        'Content-Length: 1e9',
        'Content-Length: 99999999999999999999',
        'Content-Length: 5, 6',
      ],
      ...[
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: gzip',
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding : chunked',
      ],
      ...[
        ' folded: line',
        'no colon',
        ': no name',
        'Host: two',
        'Host: [::1',
        'Expect: 100-continue',
        'Connection: Upgrade',
        'X: a\u0000b',
      ],
      ...[
        'Upgrade: h2c\r\nConnection: Upgrade',
        'Upgrade: websocket\r\nConnection: Upgrade',
        `X: ${'x'.repeat(40_000)}`,
      ],
      'X: y\r\n'.repeat(3_000).trim(),
    ),
  }),
);
