/** Handshakes of WebSockets: right and wrong ones, with what should come later in the same packet, and broken off. */
import fc from 'fast-check';
import { nanoid } from 'nanoid';
import { bake, type TokenRecipe, tokenRecipe } from '../arbitraries/tokens.ts';
import { Violation } from '../violation.ts';
import { exchange } from '../wire/exchange.ts';
import { encodeFrame, opcode } from '../wire/frame.ts';
import type { World } from '../world.ts';

interface HandshakeCase {
  gateway: 0 | 1;
  method: string;
  path: string;
  /** The token, and the name of the parameter that has it. */
  token: TokenRecipe;
  as: 'token' | 'ticket';
  room: string | undefined;
  /** Values of the headers; undefined leaves one out. */
  headers: Record<
    'Upgrade' | 'Connection' | 'Sec-WebSocket-Version' | 'Sec-WebSocket-Key',
    string | undefined
  >;
  others: string[];
  /** Sent without waiting for the answer. */
  early: 'nothing' | 'ping' | 'garbage';
  /** After how many bytes the connection is reset; undefined for not at all. */
  resetAfter: number | undefined;
}

const mostly = <T>(right: T, ...wrong: T[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );

const rightKey = 'dGhlIHNhbXBsZSBub25jZQ==';

export const handshakeCase: fc.Arbitrary<HandshakeCase> = fc.record({
  gateway: fc.constantFrom<0 | 1>(0, 1),
  method: mostly('GET', 'POST', 'HEAD', 'CONNECT', 'OPTIONS'),
  path: mostly(
    '/ws',
    '/',
    '//',
    '/ws/',
    '/ws/..',
    '/WS',
    '*',
    '/ws%00',
    '/auth/guest',
    '/livez',
    'http://evil.example/ws',
    '/ws/watch/nobody-plays-this',
    '/ws/watch/%zz',
    '/ws/watch/',
  ),
  token: tokenRecipe,
  as: fc.constantFrom('token', 'token', 'ticket'),
  room: fc.option(
    fc.constantFrom('x', '../..', '{}', '%00', 'y'.repeat(2_000), '', 'V1StGXR8_Z5jdHi6B-myT'),
    { nil: undefined },
  ),
  headers: fc.record({
    Upgrade: mostly<string | undefined>('websocket', 'WebSocket', 'h2c', 'websocket, h2c', '', undefined),
    Connection: mostly<string | undefined>('Upgrade', 'keep-alive, Upgrade', 'close', 'upgrade', undefined),
    'Sec-WebSocket-Version': mostly<string | undefined>(
      '13',
      '12',
      '8',
      '13, 8',
      '13.0',
      '',
      '-1',
      undefined,
    ),
    'Sec-WebSocket-Key': mostly<string | undefined>(
      rightKey,
      'short',
      '',
      '=',
      'x'.repeat(500),
      `${rightKey}=`,
      undefined,
    ),
  }),
  others: fc.array(
    fc.constantFrom(
      ...[
        'Origin: https://evil.example',
        'Origin: null',
        'Origin:',
        'Sec-WebSocket-Extensions: permessage-deflate',
        'Expect: 100-continue',
      ],
      ...[
        'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99',
        'Sec-WebSocket-Extensions: ;,=',
        'X: é',
      ],
      ...[
        'Sec-WebSocket-Protocol: chat, superchat',
        'Sec-WebSocket-Protocol: ,',
        'Content-Length: 5',
        'Transfer-Encoding: chunked',
      ],
      ...[
        'Cookie: overcookied=x',
        `Cookie: ${'c=1; '.repeat(500)}`,
        `X: ${'x'.repeat(20_000)}`,
        'Host: two',
        'Sec-WebSocket-Version: 8',
      ],
    ),
    { maxLength: 2 },
  ),
  early: mostly<HandshakeCase['early']>('nothing', 'ping', 'garbage', 'ping'),
  resetAfter: fc.option(fc.nat(400), { nil: undefined, freq: 8 }),
});

/** @throws Violation */
export async function runHandshakeCase(world: World, each: HandshakeCase): Promise<void> {
  const { gateway, early, resetAfter } = each;
  const port = world.gateways[gateway];
  const { token, isGood } = bake(each.token, `fuzz_${nanoid()}`, world.secret);
  const head = Buffer.from(textOf(each, port, token), 'latin1');
  const bytes = Buffer.concat([head, earlyBytes[early]]);
  world.count.handshakes++;
  if (resetAfter !== undefined) {
    await exchange(port, bytes.subarray(0, resetAfter), world.withinMs, { reset: true });
    return;
  }
  const isRight = isRightHandshake(each);
  // A good player's socket stays open, and has nothing to say; a bad one's is closed with 4003.
  const enough = (text: string) =>
    text.includes('\r\n\r\n') &&
    (!text.startsWith('HTTP/1.1 101') || (isGood && each.as === 'token') || text.includes(closed4003));
  const { status, text, isClosed } = await exchange(port, bytes, world.withinMs, { half: !isRight, enough });
  // A gateway that is too busy just now says so.
  if (status === 503) return;
  const problem = isRight
    ? wrongWelcome(text, status, each.as, isGood)
    : text === '' && !isClosed
      ? 'a handshake has no answer'
      : text !== '' && (status === undefined || (status >= 500 && ![501, 505].includes(status)))
        ? `the answer is ${JSON.stringify(text.slice(0, 100))}`
        : undefined;
  if (problem) throw new Violation(`${problem}, to ${JSON.stringify(head.toString('latin1').slice(0, 600))}`);
}

/** Of a right handshake. Nobody has a ticket, and so every one is a bad one. */
function wrongWelcome(
  text: string,
  status: number | undefined,
  as: HandshakeCase['as'],
  isGoodToken: boolean,
): string | undefined {
  if (status !== 101) return `a right handshake is answered with ${JSON.stringify(text.slice(0, 100))}`;
  const isGood = isGoodToken && as === 'token';
  const isRefused = text.includes(closed4003);
  return isRefused === isGood
    ? `a ${isGood ? 'good' : 'bad'} ${as} is ${isGood ? 'refused' : 'taken'}`
    : undefined;
}

/** 4003 in two bytes, as a close frame has it. */
const closed4003 = '\x0f\xa3';

const earlyBytes = {
  nothing: Buffer.alloc(0),
  ping: encodeFrame({ opcode: opcode.text, payload: Buffer.from('{"type":"PING"}') }),
  garbage: Buffer.from('\x00\xffGET / HTTP/1.1\r\n\r\n', 'latin1'),
};

function textOf(
  { method, path, as, room, headers, others }: HandshakeCase,
  port: number,
  token: string,
): string {
  const query = `${as}=${encodeURIComponent(token)}${room === undefined ? '' : `&room=${room}`}`;
  const lines = [`${method} ${path}?${query} HTTP/1.1`, `Host: 127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) lines.push(`${name}: ${value}`);
  return `${[...lines, ...others].join('\r\n')}\r\n\r\n`;
}

/** Whether it must be taken. What is odd in it may be refused. */
function isRightHandshake({ method, path, headers, others, early }: HandshakeCase): boolean {
  return (
    method === 'GET' &&
    path === '/ws' &&
    headers.Upgrade?.toLowerCase() === 'websocket' &&
    /(?:^|, )upgrade$/i.test(headers.Connection ?? '') &&
    headers['Sec-WebSocket-Version'] === '13' &&
    headers['Sec-WebSocket-Key'] === rightKey &&
    others.every((line) =>
      /^(?:Cookie: overcookied|Sec-WebSocket-Extensions: permessage-deflate$|X: é)/.test(line),
    ) &&
    // RFC 6455 has clients wait for the answer.
    early === 'nothing'
  );
}
