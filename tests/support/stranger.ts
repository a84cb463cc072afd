/**
 * A client written from the protocol's text alone: it imports nothing of the product, so that it notices when
 * the product and the text part ways.
 */
export interface Frame {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a stranger knows no types
  payload: any;
  /** When it came, by `performance.now()`. */
  at: number;
}

/** What is to come is waited for so long, in ms: a machine that is busy with other tests takes its time. */
const patienceMs = 15_000;

export interface Guest {
  token: string;
  id: string;
  name: string;
}

export async function guest(gateway: string, name: string): Promise<Guest> {
  const response = await fetch(`${gateway}/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  return (await response.json()) as Guest;
}

/** Where a player's WebSocket is. @param room a match that this side knows no end of */
export function toPlay(gateway: string, token: string, room?: string): string {
  const query = `token=${token}${room === undefined ? '' : `&room=${room}`}`;
  return `${gateway.replace('http', 'ws')}/ws?${query}`;
}

export class Stranger {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  /** How the socket was closed, once it is. */
  closed: { code: number; reason: string } | undefined;
  #read = 0;
  #wake = () => {};

  /** @param address of the WebSocket */
  constructor(address: string) {
    this.socket = new WebSocket(address);
    this.socket.addEventListener('message', ({ data }) => {
      this.frames.push({ ...JSON.parse(data), at: performance.now() });
      this.#wake();
    });
    this.socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
  }

  /** Somebody who plays. */
  static connect(gateway: string, token: string, room?: string): Promise<Stranger> {
    return Stranger.open(toPlay(gateway, token, room));
  }

  /** Somebody who watches, and is nobody in particular. */
  static watch(gateway: string, roomId: string): Promise<Stranger> {
    return Stranger.open(`${gateway.replace('http', 'ws')}/ws/watch/${roomId}`);
  }

  static async open(address: string): Promise<Stranger> {
    const stranger = new Stranger(address);
    await new Promise((resolve, reject) => {
      stranger.socket.addEventListener('open', resolve);
      stranger.socket.addEventListener('error', reject);
    });
    return stranger;
  }

  send(type: string, payload: unknown = {}): void {
    this.socket.send(JSON.stringify({ type, payload }));
  }

  /** The next frame of this type that has not been read yet. Those before it count as read. */
  async next(
    type: string,
    fits: (payload: Frame['payload']) => boolean = () => true,
    withinMs = patienceMs,
  ): Promise<Frame> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const frame = this.frames[this.#read];
      if (frame) {
        this.#read++;
        if (frame.type === type && fits(frame.payload)) return frame;
        continue;
      }
      const left = deadline - performance.now();
      if (left <= 0 || this.closed) {
        throw new Error(`no ${type} came; there were ${this.frames.map((each) => each.type).join(', ')}`);
      }
      await this.#change(left);
    }
  }

  async closing(withinMs = patienceMs): Promise<{ code: number; reason: string }> {
    const deadline = performance.now() + withinMs;
    while (!this.closed) {
      if (performance.now() > deadline) throw new Error('the socket was not closed');
      await this.#change(50);
    }
    return this.closed;
  }

  all(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** The latest of the scores that this side was told. */
  get scores(): { p1: number | undefined; p2: number | undefined } {
    const latest = (field: string) =>
      this.frames.findLast(({ payload }) => payload[field] !== undefined)?.payload[field];
    return { p1: latest('p1Score'), p2: latest('p2Score') };
  }

  close(): void {
    this.socket.close();
  }

  #change(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Two strangers, each on a gateway of their own, in a match. */
export async function meet(gateways: readonly [string, string]): Promise<{
  players: [Stranger, Stranger];
  guests: [Guest, Guest];
  starts: [Frame, Frame];
}> {
  const [one, two] = await Promise.all([guest(gateways[0], 'Ada'), guest(gateways[1], 'Bo')]);
  const a = await Stranger.connect(gateways[0], one.token);
  const b = await Stranger.connect(gateways[1], two.token);
  a.send('JOIN_QUEUE');
  await a.next('QUEUED');
  b.send('JOIN_QUEUE');
  const starts = await Promise.all([a.next('GAME_START'), b.next('GAME_START')]);
  return { players: [a, b], guests: [one, two], starts };
}

/** Resolves at this moment by the server's clock, as `now` of a frame tells it. */
export async function until(serverTime: number, start: Frame): Promise<void> {
  const elapsed = performance.now() - start.at;
  const left = serverTime - (start.payload.now + elapsed);
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}
