/** What a client's text means, from docs/protocol.md alone: this file knows nothing of the product. */

/** Clicks by their numbers; or one without a number. */
export type Clicks = { first: number; last: number } | 'unnumbered';

export type RequestType = 'JOIN_QUEUE' | 'LEAVE_QUEUE' | 'CLICK' | 'COOKIE_CLICK' | 'QUIT_GAME' | 'REMATCH';

export type Meaning =
  | { kind: 'bad'; code: 'bad_frame' | 'unknown_type' | 'bad_payload' }
  | { kind: 'ping'; t: number | undefined }
  | { kind: 'request'; type: RequestType; clicks?: Clicks };

type Fields = Record<string, unknown>;

/** Of each type, whether a payload fits. */
const fits: Record<string, (payload: Fields) => boolean> = {
  JOIN_QUEUE: ({ mode, code }) =>
    (mode === undefined || mode === 'ranked' || mode === 'private' || mode === 'practice') &&
    (code === undefined || (typeof code === 'string' && /^[A-Za-z0-9_-]{4,64}$/.test(code))) &&
    (mode !== 'private' || code !== undefined),
  LEAVE_QUEUE: () => true,
  CLICK: ({ seq, count = 1 }) =>
    isWhole(count, 1, 10_000) && (seq === undefined || (isWhole(seq, 1, 1_000_000_000) && count <= seq)),
  COOKIE_CLICK: ({ id }) => id === undefined || isWhole(id, 1, Number.MAX_SAFE_INTEGER),
  QUIT_GAME: () => true,
  REMATCH: () => true,
  PING: ({ t }) => t === undefined || (typeof t === 'number' && Number.isFinite(t)),
};

/** @param text of at most 512 bytes, as the gateway has decoded it */
export function meaningOf(text: string): Meaning {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { kind: 'bad', code: 'bad_frame' };
  }
  if (!isObject(frame) || typeof frame.type !== 'string') return { kind: 'bad', code: 'bad_frame' };
  const { type } = frame;
  const check = Object.hasOwn(fits, type) ? fits[type] : undefined;
  if (!check) return { kind: 'bad', code: 'unknown_type' };
  const payload = frame.payload === undefined ? {} : frame.payload;
  if (!isObject(payload) || !check(payload)) return { kind: 'bad', code: 'bad_payload' };
  if (type === 'PING') return { kind: 'ping', t: payload.t as number | undefined };
  if (type !== 'CLICK') return { kind: 'request', type: type as RequestType };
  const { seq, count = 1 } = payload as { seq?: number; count?: number };
  return {
    kind: 'request',
    type,
    clicks: seq === undefined ? 'unnumbered' : { first: seq - count + 1, last: seq },
  };
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
