import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChild, whenEnded } from '../../dev/launcher/child.ts';
import { whenReady } from '../../dev/launcher/ready.ts';
import { findFreePort } from '../../dev/system/ports.ts';
import { type Runtime, startCommand } from '../../dev/system/runtimes.ts';
import { readSamples, type Samples, sumOf } from './prometheus.ts';

/** The game's, and what its gateways are held against. */
export type ServiceName = 'gateway' | 'matchmaker' | 'game-ticker' | PeerName;

const peers = ['floor', 'original', 'socketio', 'colyseus'] as const;

/** What others would build, in `bench/peers`. */
export type PeerName = (typeof peers)[number];

export const isPeer = (name: string): name is PeerName => peers.some((peer) => peer === name);

const graceMs = 5_000;
const withParent = fileURLToPath(new URL('../../dev/launcher/exit-with-parent.ts', import.meta.url));
const script = (name: ServiceName) =>
  fileURLToPath(
    isPeer(name)
      ? new URL(`../peers/${name}/main.ts`, import.meta.url)
      : new URL(`../../services/${name}/src/main.ts`, import.meta.url),
  );

/** A service as a process of its own, as production runs it, which ends with this process. */
export class Service {
  readonly #name: string;
  readonly #port: number;
  readonly #logFile: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;

  private constructor(name: string, port: number, logFile: string, child: ChildProcess) {
    this.#name = name;
    this.#port = port;
    this.#logFile = logFile;
    this.#child = child;
    this.#ended = whenEnded(child);
  }

  /**
   * @param dir where it may write its log
   * @param runtime what it runs on
   * @returns when it is ready
   * @throws Error with what it logged, when it does not get ready
   */
  static async start(
    name: ServiceName,
    env: Record<string, string>,
    dir: string,
    runtime: Runtime = 'node',
  ): Promise<Service> {
    const port = await findFreePort();
    const logFile = join(dir, `${name}-${port}.log`);
    // A file and not a pipe: a service must not have to wait for a bench that is busy to read what it logs.
    const log = await open(logFile, 'w');
    const { program, args } = startCommand(runtime, script(name), withParent);
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, ...env, PORT: String(port) },
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    await log.close();
    const service = new Service(name, port, logFile, child);
    const over = new AbortController();
    try {
      await Promise.race([
        whenReady(port, over.signal),
        service.#ended.then((how) => {
          throw new Error(`ended with ${how}`);
        }),
      ]);
    } catch (error) {
      await service.stop();
      throw new Error(`${name} ${(error as Error).message}:\n${await readFile(logFile, 'utf8')}`);
    } finally {
      over.abort();
    }
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.#name} has no process`);
    return this.#child.pid;
  }

  /** What it tells of itself now. */
  async samples(): Promise<Samples> {
    return readSamples(await (await fetch(`${this.url}/metrics`)).text());
  }

  /** How much of a processor it has used since its start, in seconds. */
  async cpuSeconds(): Promise<number> {
    const seconds = sumOf(await this.samples(), 'process_cpu_seconds_total');
    if (seconds === undefined) throw new Error(`${this.#name} does not tell process_cpu_seconds_total`);
    return seconds;
  }

  /** Lines that it logged of level warn and above, and what it wrote that is no log. */
  async complaints(): Promise<string[]> {
    const lines = (await readFile(this.#logFile, 'utf8')).split('\n').filter(Boolean);
    return lines.filter((line) => !/^\{"level":"(trace|debug|info)"/.test(line));
  }

  async stop(): Promise<void> {
    await endChild(this.#child, this.#ended, graceMs);
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    await endChild(this.#child, this.#ended, 0);
  }
}
