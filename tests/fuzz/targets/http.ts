/** Requests by HTTP, right ones with strange contents and such as are none. */
import fc from 'fast-check';
import { nanoid } from 'nanoid';
import { type Damage, damage, type PlainRequest, plainRequest } from '../arbitraries/requests.ts';
import { bake } from '../arbitraries/tokens.ts';
import { Violation } from '../violation.ts';
import { type Exchange, exchange } from '../wire/exchange.ts';
import type { World } from '../world.ts';

interface HttpCase {
  gateway: 0 | 1;
  request: PlainRequest;
  /** None for a request that is one. */
  damages: Damage[];
}

export const httpCase: fc.Arbitrary<HttpCase> = fc.record({
  gateway: fc.constantFrom<0 | 1>(0, 1),
  request: plainRequest,
  damages: fc.oneof(fc.constant<Damage[]>([]), fc.array(damage, { minLength: 1, maxLength: 2 })),
});

/** Who asks must have a token that holds. */
const forPlayers = new Set(['GET /auth/verify', 'GET /api/profile', 'GET /api/place', 'POST /auth/ticket']);
/** These say 503 when what they need is not there just now. */
const mayBeAway = /^\/(?:api\/|readyz|auth\/(?:ticket|exchange|google))/;
/** These answer by a page. */
const pages = /^\/auth\/google(?:\/|$)/;

/** @throws Violation */
export async function runHttpCase(world: World, { gateway, request, damages }: HttpCase): Promise<void> {
  const port = world.gateways[gateway];
  const { token, isGood } = request.token
    ? bake(request.token, `fuzz_${nanoid()}`, world.secret)
    : { token: undefined, isGood: false };
  const text = textOf(request, port, token);
  world.count.requests++;
  if (damages.length > 0) {
    const bytes = damages.reduce(damaged, Buffer.from(text, 'latin1'));
    const answer = await exchange(port, bytes, world.withinMs, { half: true });
    const problem = wrongWhereNoneIsDue(answer);
    if (problem)
      throw new Violation(`${problem}, to ${JSON.stringify(bytes.toString('latin1').slice(0, 600))}`);
    return;
  }
  const answer = await exchange(port, Buffer.from(text, 'latin1'), world.withinMs);
  const problem =
    wrongAnswer(request, answer) ??
    (request.by === 'bearer' ? wrongAboutToken(request, isGood, answer) : undefined);
  if (problem) throw new Violation(`${problem}, to ${JSON.stringify(text.slice(0, 600))}`);
}

function textOf(
  { method, path, query, headers, body, by }: PlainRequest,
  port: number,
  token: string | undefined,
): string {
  const lines = [`${method} ${path}${query} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close'];
  if (token !== undefined)
    lines.push(by === 'bearer' ? `Authorization: Bearer ${token}` : `Cookie: overcookied=${token}`);
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (!headers.some(([name]) => name === 'Content-Type')) lines.push('Content-Type: application/json');
  const content = Buffer.from(method === 'GET' || method === 'HEAD' ? '' : body).toString('latin1');
  return `${lines.join('\r\n')}\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
}

function damaged(bytes: Buffer, change: Damage): Buffer {
  const firstEnd = bytes.indexOf('\r\n');
  switch (change.kind) {
    case 'put':
      return splice(bytes, change.at % bytes.length, 0, Buffer.from(change.hex, 'hex'));
    case 'drop':
      return splice(bytes, change.at % bytes.length, change.length, Buffer.alloc(0));
    case 'cut':
      return bytes.subarray(0, change.at % bytes.length);
    case 'first line':
      return splice(bytes, 0, Math.max(0, firstEnd), Buffer.from(change.text, 'latin1'));
    case 'header':
      return splice(bytes, firstEnd < 0 ? 0 : firstEnd + 2, 0, Buffer.from(`${change.text}\r\n`, 'latin1'));
  }
}

const splice = (bytes: Buffer, at: number, drop: number, put: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);

/** Of a request that is one. */
function wrongAnswer(
  { method, path }: PlainRequest,
  { status, headers, body, text }: Exchange,
): string | undefined {
  if (status === undefined) return `the answer is ${JSON.stringify(text.slice(0, 100))}`;
  if (status >= 500 && !(status === 503 && mayBeAway.test(path)))
    return `the answer is ${status} ${body.slice(0, 200)}`;
  const tells =
    /^\/(?:auth|api)\//.test(path) &&
    !pages.test(path) &&
    method !== 'HEAD' &&
    status >= 400 &&
    status !== 431;
  if (tells && headers.get('content-type')?.includes('json') && !isError(body))
    return `${status} says ${body.slice(0, 200)}`;
  if (method === 'POST' && path === '/auth/guest' && status === 200) return wrongName(body);
  return undefined;
}

function isError(body: string): boolean {
  try {
    const { error } = JSON.parse(body);
    return typeof error === 'string' && error !== '';
  } catch {
    return false;
  }
}

function wrongName(body: string): string | undefined {
  const { name } = JSON.parse(body);
  const isRight =
    typeof name === 'string' &&
    [...name].length >= 1 &&
    [...name].length <= 24 &&
    !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(name);
  return isRight ? undefined : `a guest is called ${JSON.stringify(name)}`;
}

function wrongAboutToken(
  { method, path }: PlainRequest,
  isGood: boolean,
  { status = 0 }: Exchange,
): string | undefined {
  if (!forPlayers.has(`${method} ${path}`)) return undefined;
  // Too many or too long headers are refused before anybody looks at the token; a query asks for what there may not be.
  const isRight = isGood ? status !== 401 : status !== 200;
  return isRight ? undefined : `a ${isGood ? 'good' : 'bad'} token gets ${status}`;
}

/** What is no request may be answered or not, but the connection must end, and nothing may go wrong. */
function wrongWhereNoneIsDue({ status, text, isClosed }: Exchange): string | undefined {
  if (text !== '' && status === undefined) return `the answer is ${JSON.stringify(text.slice(0, 100))}`;
  // What the request asks for may be beyond this server, which is no fault of it.
  if (status !== undefined && status >= 500 && ![501, 502, 503, 505].includes(status))
    return `the answer is ${status}`;
  return isClosed ? undefined : 'the connection stays, although nothing more comes';
}
