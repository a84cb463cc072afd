import { connect } from 'node:net';
import { constants, gunzipSync } from 'node:zlib';

/** What came back on a connection. */
export interface Exchange {
  /** Status of the first answer; undefined when what came is none, or nothing came. */
  status: number | undefined;
  headers: Map<string, string>;
  body: string;
  /** Everything, as it came. */
  text: string;
  /** Whether the other side ended the connection in time. */
  isClosed: boolean;
}

interface Sending {
  /** Whether our side says that nothing more comes. */
  half?: boolean;
  /** Whether the connection is reset as soon as all is sent. */
  reset?: boolean;
  /** Looks at what has come so far: whether it is all that is of interest. */
  enough?: (text: string) => boolean;
}

/** Sends bytes over a connection of their own, and reads until the other side ends it. */
export function exchange(
  port: number,
  bytes: Uint8Array | string,
  withinMs: number,
  { half = false, reset = false, enough = () => false }: Sending = {},
): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    const done = (isClosed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...parse(text), text, isClosed });
    };
    const timer = setTimeout(() => done(false), withinMs);
    socket.on('error', () => {});
    socket.once('end', () => done(true));
    socket.once('close', () => done(true));
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (enough(text)) done(false);
    });
    socket.write(bytes, () => {
      if (reset) socket.resetAndDestroy();
      else if (half) socket.end();
    });
  });
}

function parse(text: string): Pick<Exchange, 'status' | 'headers' | 'body'> {
  const end = text.indexOf('\r\n\r\n');
  // Whoever says that nothing more comes may get no more than the beginning.
  const [first = '', ...lines] = text.slice(0, end < 0 ? text.length : end).split('\r\n');
  const status = first.match(/^HTTP\/1\.[01] ([1-5]\d\d)(?: |$)/)?.[1];
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const raw = end < 0 ? '' : text.slice(end + 4);
  const content = Buffer.from(headers.get('transfer-encoding') === 'chunked' ? unchunk(raw) : raw, 'latin1');
  return {
    status: status === undefined ? undefined : Number(status),
    headers,
    body: (headers.get('content-encoding') === 'gzip' ? unzip(content) : content).toString(),
  };
}

/** As far as it came: an answer to HEAD has nothing but its headers. */
const unzip = (content: Buffer): Buffer => gunzipSync(content, { finishFlush: constants.Z_SYNC_FLUSH });

function unchunk(text: string): string {
  const size = Number.parseInt(text, 16);
  if (!size) return '';
  const start = text.indexOf('\r\n') + 2;
  return text.slice(start, start + size) + unchunk(text.slice(start + size + 2));
}
