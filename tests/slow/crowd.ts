import { setTimeout as sleep } from 'node:timers/promises';
import { RawClient, textFrame } from '../support/raw-client.ts';
import { guest } from '../support/stranger.ts';

/** So many log in at once. */
const atOnce = 20;

/** Clients that ask for more and more, and read the answers or do not. */
export class Crowd {
  readonly clients: RawClient[];
  #asked = 0;

  private constructor(clients: RawClient[]) {
    this.clients = clients;
  }

  static async open(gateway: string, size: number): Promise<Crowd> {
    const clients: RawClient[] = [];
    while (clients.length < size) {
      const some = Array.from({ length: Math.min(atOnce, size - clients.length) }, async (_, i) => {
        const { token } = await guest(gateway, `Crowd ${clients.length + i}`);
        return RawClient.open(gateway, token);
      });
      clients.push(...(await Promise.all(some)));
    }
    return new Crowd(clients);
  }

  /** How often each has asked so far; every answer has some 70 bytes. */
  get asked(): number {
    return this.#asked;
  }

  get closed(): number {
    return this.clients.filter(({ isClosed }) => isClosed).length;
  }

  /** From now on all that comes is read, and forgotten. */
  read(): void {
    for (const { socket } of this.clients) socket.on('data', () => {}).resume();
  }

  /** Each asks so often, as quickly as the gateway takes it. */
  async ask(times: number): Promise<void> {
    const bytes = asks(times);
    await Promise.all(
      this.clients.map(
        ({ socket, isClosed }) =>
          isClosed || new Promise<void>((resolve) => socket.write(bytes, () => resolve())),
      ),
    );
    this.#asked += times;
  }

  /** Each asks so often a second, until the signal. */
  async goOnAsking(timesASecond: number, until: AbortSignal): Promise<void> {
    // Not all in one go: the gateway would be held up by that alone.
    const turns = 10;
    const bytes = asks(1);
    for (let turn = 0; !until.aborted; turn = (turn + 1) % turns) {
      for (let i = turn; i < this.clients.length; i += turns) this.clients[i]?.socket.write(bytes);
      if (turn === turns - 1) this.#asked++;
      await sleep(1_000 / timesASecond / turns, undefined, { signal: until }).catch(() => {});
    }
  }

  close(): void {
    for (const client of this.clients) client.close();
  }
}

const asks = (times: number) =>
  Buffer.concat(Array(times).fill(textFrame({ type: 'PING', payload: { t: 1_234_567_890_123 } })));
