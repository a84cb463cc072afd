import { now } from './history.ts';
import type { Running } from './play.ts';

const everyMs = 10_000;
/** On a terminal, where the line is written over. */
const everyOnTerminalMs = 500;

/** Says now and then how a run goes on. */
export class Progress {
  readonly #lengthMs: number;
  readonly #isTerminal = process.stdout.isTTY === true;
  #timer: NodeJS.Timeout | undefined;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  start(running: Running): void {
    const startedAt = now();
    this.#timer = setInterval(
      () => this.#tell(running, now() - startedAt),
      this.#isTerminal ? everyOnTerminalMs : everyMs,
    );
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#timer && this.#isTerminal) process.stdout.write('\r\u001b[K');
  }

  #tell({ recorder, faults, bots }: Running, elapsedMs: number): void {
    const failing = faults.filter(({ until }) => until === Number.POSITIVE_INFINITY);
    const count = (fits: (bot: Running['bots'][number]) => boolean) => bots.filter(fits).length;
    const parts = [
      elapsedMs < this.#lengthMs ? `${Math.round(elapsedMs / 1_000)} s` : 'coming to an end',
      `${Math.round(recorder.sittings.length / 2)} matches`,
      `${faults.length} faults`,
      `${count(({ isConnected }) => isConnected)} connected`,
      `${count(({ isPlaying }) => isPlaying)} play`,
      `${count(({ isWaiting }) => isWaiting)} wait`,
      failing.map(({ target, what }) => `${target}: ${what}`).join(', ') || 'all is well',
    ];
    const line = parts.join(' · ');
    if (!this.#isTerminal) process.stdout.write(`${line}\n`);
    else process.stdout.write(`\r\u001b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  }
}
