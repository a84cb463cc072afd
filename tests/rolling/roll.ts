import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../dev/system/ports.ts';
import { now } from '../chaos/history.ts';
import { eventually } from '../support/eventually.ts';
import { sampleOf } from '../support/metric.ts';
import { type LogLine, type ServiceName, TestService } from '../support/service.ts';
import type { FrontDoor } from './front-door.ts';

/** How many gateways there are, each of which is replaced. */
export const gatewayCount = 3;

/**
 * As an operator would set it: HAProxy asks once a second, and has noticed after two answers at most.
 */
export const drain = { DRAIN_DELAY_MS: '3000', DRAIN_SPREAD_MS: '1500' };
/** Everybody plays before the first replacement, and again between two of them, in ms. */
const calmMs = 1_000;
/** Somebody is at a new gateway by so long after the old one has ended, in ms. */
const arriveWithinMs = 10_000;

/** What became of one replacement. */
export interface Replacement {
  /** Players whom the old gateway had when it was asked to end. */
  moved: number;
  /** From SIGTERM to the end of the old gateway, in ms. */
  tookMs: number;
  /** How it ended: 0 if cleanly. */
  exit: number | NodeJS.Signals | null;
  /** Players whom the new gateway has then. */
  arrived: number;
}

interface Options {
  /** Folder from which the services run. */
  root: string;
  env: Record<string, string>;
}

/** The services, of which the gateways are replaced one by one, as a rolling deploy does it: first new, then old. */
export class Fleet {
  /** All that were ever started. */
  readonly services: TestService[] = [];
  readonly gatewayPorts: number[] = [];
  readonly #options: Options;
  #gateways: TestService[] = [];

  constructor(options: Options) {
    this.#options = options;
    // However this process ends, they are not to outlive it.
    process.once('exit', this.#killAll);
  }

  async start(): Promise<void> {
    while (this.gatewayPorts.length < 2 * gatewayCount) this.gatewayPorts.push(await findFreePort());
    for (const port of this.gatewayPorts.slice(0, gatewayCount)) this.#gateways.push(this.#gateway(port));
    this.#spawn('matchmaker', {});
    this.#spawn('game-ticker', {});
    await Promise.all(this.services.map((service) => service.ready()));
  }

  /** Replaces each gateway. @param done is told of each that is replaced */
  async roll(door: FrontDoor, signal: AbortSignal, done: (replacement: Replacement) => void): Promise<void> {
    for (let i = 0; i < gatewayCount; i++) {
      await sleep(calmMs, undefined, { signal });
      done(await this.#replace(i, door));
    }
  }

  async stop(): Promise<void> {
    process.off('exit', this.#killAll);
    await Promise.all(this.services.map((service) => service.stop('SIGKILL')));
  }

  /** Lines that should never be. */
  get errors(): LogLine[] {
    return this.services.flatMap(({ complaints, stderr }) => [
      ...complaints.filter(({ level }) => level !== 'warn'),
      ...(stderr ? [{ level: 'fatal', msg: stderr }] : []),
    ]);
  }

  async #replace(i: number, door: FrontDoor): Promise<Replacement> {
    const port = this.gatewayPorts[gatewayCount + i] ?? 0;
    const [old, fresh] = [this.#gateways[i], this.#gateway(port)];
    if (!old) throw new Error(`there is no gateway ${i}`);
    await fresh.ready();
    await door.knows(port);
    this.#gateways[i] = fresh;
    const moved = await playersOf(old);
    const from = now();
    old.process.kill('SIGTERM');
    await once(old.process, 'exit');
    const tookMs = now() - from;
    // The last have just been told, and the machine may be busy.
    const arrived = await eventually(() => playersOf(fresh), arriveWithinMs).catch(() => 0);
    return { moved, tookMs, exit: old.process.exitCode ?? old.process.signalCode, arrived };
  }

  #gateway(port: number): TestService {
    return this.#spawn('gateway', { ...drain, PORT: String(port) });
  }

  #spawn(name: ServiceName, env: Record<string, string>): TestService {
    const service = new TestService(name, { ...this.#options.env, ...env }, this.#options.root);
    this.services.push(service);
    return service;
  }

  readonly #killAll = (): void => {
    for (const { process: child } of this.services) child.kill('SIGKILL');
  };
}

async function playersOf(gateway: TestService): Promise<number> {
  return sampleOf(await (await fetch(`${gateway.url}/metrics`)).text(), 'sockets') ?? 0;
}
