/** Signing in with the issuer by answers that it has not given. */
import fc from 'fast-check';
import { Violation } from '../violation.ts';
import { type Exchange, exchange } from '../wire/exchange.ts';
import type { World } from '../world.ts';

interface SignInCase {
  gateway: 0 | 1;
  /** Where to go afterwards. */
  returnTo: string;
  /** Whose state the answer has. */
  state: 'right' | 'wrong' | 'none' | 'twice';
  /** What else the answer says. */
  answer: [string, string][];
  /** What becomes of the cookie on its way. */
  cookie: { kind: 'kept' } | { kind: 'none' } | { kind: 'changed'; at: number; to: string };
}

const value = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    '%00',
    '%ff',
    'access_denied',
    'https://evil.example',
    'x'.repeat(3_000),
    '__proto__',
    '[]',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

export const signInCase: fc.Arbitrary<SignInCase> = fc.record({
  gateway: fc.constantFrom<0 | 1>(0, 1),
  returnTo: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('/', '/?x=1', '') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
        '%00',
        'http:',
        '/%2f/',
      ),
    },
  ),
  state: fc.constantFrom('right', 'right', 'wrong', 'none', 'twice'),
  answer: fc.array(
    fc.tuple(
      fc.constantFrom(
        'code',
        'code',
        'error',
        'error_description',
        'iss',
        'id_token',
        'response',
        'session_state',
      ),
      value,
    ),
    { maxLength: 4 },
  ),
  cookie: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<SignInCase['cookie']>({ kind: 'kept' }) },
    { weight: 1, arbitrary: fc.constantFrom<SignInCase['cookie']>({ kind: 'none' }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('changed'),
        at: fc.nat(400),
        to: fc.constantFrom('A', '.', ';', '%', '='),
      }),
    },
  ),
});

/** @throws Violation */
export async function runSignInCase(
  world: World,
  { gateway, returnTo, state, answer, cookie }: SignInCase,
): Promise<void> {
  const port = world.gateways[gateway];
  const ask = async (path: string, header = ''): Promise<Exchange> => {
    world.count.requests++;
    const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${header}\r\n`;
    const answered = await exchange(port, text, world.withinMs);
    const problem = wrongAnswer(answered);
    if (problem) throw new Violation(`${problem}, to ${text}`);
    return answered;
  };
  const begun = await ask(`/auth/google/login?return_to=${returnTo}`);
  const sent = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const rightState = begun.headers.get('location')?.match(/[?&]state=([^&]+)/)?.[1] ?? '';
  const states = { right: [rightState], wrong: ['wrong'], none: [], twice: [rightState, 'wrong'] }[state];
  const query = [...states.map((each) => ['state', each]), ...answer]
    .map(([name, text]) => `${name}=${text}`)
    .join('&');
  const at = cookie.kind === 'changed' ? cookie.at % Math.max(1, sent.length) : 0;
  const returned =
    cookie.kind === 'kept'
      ? sent
      : cookie.kind === 'none'
        ? ''
        : sent.slice(0, at) + cookie.to + sent.slice(at + 1);
  await ask(`/auth/google/callback?${query}`, returned === '' ? '' : `Cookie: ${returned}\r\n`);
}

function wrongAnswer({ status, headers, text }: Exchange): string | undefined {
  if (status === undefined) return `the answer is ${JSON.stringify(text.slice(0, 100))}`;
  // An issuer that is not there, or refuses what it has never given out, is told of by the page.
  if (status >= 500 && status !== 502 && status !== 503) return `the answer is ${status}`;
  if (/\r\nset-cookie: overcookied=[^;]/i.test(text))
    return 'somebody is signed in whom the issuer does not know';
  const location = headers.get('location');
  if (location === undefined) return undefined;
  const { protocol, hostname } = new URL(location, 'http://127.0.0.1');
  return protocol === 'http:' && hostname === '127.0.0.1' ? undefined : `the way leads to ${location}`;
}
