import { setTimeout as sleep } from 'node:timers/promises';
import { type LogLine, TestService } from '../support/service.ts';
import type { Host } from './host.ts';
import { Link } from './link.ts';
import { type Kind, numbers } from './schedule.ts';

/** So often what services logged is thrown away but for errors, in ms: a run of hours has many lines. */
const forgetEveryMs = 10_000;
/** A service that is not ready after so long, in ms, will never be: with Valkey out it takes some seconds more. */
const readyWithinMs = 60_000;

/** A service, and the links that lead to and from it. */
export interface Actor {
  name: string;
  kind: Kind;
  /** From the service to Valkey, if that has links. */
  toValkey: Link | undefined;
  /** From the players to a gateway. */
  toPlayers: Link | undefined;
  service: TestService;
  /** Whether a load balancer would send somebody there. */
  isUp: boolean;
}

interface StageOptions {
  /** Folder from which the services run. */
  root: string;
  valkey: Host;
  rules: object;
  /** What else the services have in their environment. */
  env: Record<string, string>;
}

/** Everything that is on stage: the services as processes, and between them links that can be meddled with. */
export class Stage {
  readonly valkey: Host;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly #options: StageOptions;
  /** Services that were ended. */
  readonly #past: TestService[] = [];
  /** What is to be told of services that ended by themselves. */
  readonly #crashes: LogLine[] = [];
  readonly #forgetting: NodeJS.Timeout;
  #isStopping = false;

  private constructor(options: StageOptions, actors: Map<string, Actor>) {
    this.#options = options;
    this.valkey = options.valkey;
    this.actors = actors;
    this.#forgetting = setInterval(() => this.#forget(), forgetEveryMs);
  }

  static async start(options: StageOptions): Promise<Stage> {
    const { url, hasLinks } = options.valkey;
    const actors = new Map<string, Actor>();
    const stage = new Stage(options, actors);
    // However this process ends: Valkey sees to itself, the services do not.
    process.once('exit', stage.#killAll);
    try {
      for (const [kind, number] of Object.entries(numbers) as [Kind, number][]) {
        for (let i = 1; i <= number; i++) {
          const toValkey = hasLinks ? await Link.start(Number(new URL(url).port)) : undefined;
          const toPlayers = kind === 'gateway' ? await Link.start(0) : undefined;
          const service = stage.#spawn(kind, toValkey);
          actors.set(`${kind} ${i}`, {
            name: `${kind} ${i}`,
            kind,
            toValkey,
            toPlayers,
            service,
            isUp: false,
          });
        }
      }
      await Promise.all([...actors.values()].map((actor) => stage.#whenReady(actor)));
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  /** The gateways to which a load balancer would send somebody. */
  get gateways(): Actor[] {
    return [...this.actors.values()].filter(({ toPlayers, isUp }) => toPlayers && isUp);
  }

  /** Ends a service by this signal, and starts it again after so many ms. Resolves when it is ready. */
  async restart(actor: Actor, signal: 'SIGKILL' | 'SIGTERM', deadMs: number): Promise<void> {
    actor.isUp = false;
    const before = actor.service;
    this.#past.push(before);
    await before.stop(signal);
    await sleep(deadMs);
    if (this.#isStopping) return;
    actor.service = this.#spawn(actor.kind, actor.toValkey);
    await this.#whenReady(actor);
  }

  /** Lines that should never be, of all services so far. */
  get errors(): LogLine[] {
    const present = [...this.actors.values()].map(({ service }) => service);
    return [...this.#crashes, ...[...this.#past, ...present].flatMap(errorsOf)];
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#forgetting);
    process.off('exit', this.#killAll);
    await Promise.all([...this.actors.values()].map(({ service }) => service.stop('SIGKILL')));
    for (const { toValkey, toPlayers } of this.actors.values()) {
      toValkey?.stop();
      toPlayers?.stop();
    }
  }

  #forget(): void {
    const up = [...this.actors.values()].filter(({ isUp }) => isUp).map(({ service }) => service);
    for (const { log } of [...this.#past, ...up]) log.splice(0, log.length, ...log.filter(isError));
  }

  readonly #killAll = (): void => {
    for (const { service } of this.actors.values()) service.process.kill('SIGKILL');
  };

  #spawn(kind: Kind, toValkey: Link | undefined): TestService {
    const env = {
      VALKEY_URL: toValkey ? `valkey://127.0.0.1:${toValkey.port}` : this.valkey.url,
      ...this.#options.env,
      JWT_SECRET: 'a secret of the chaos known to all gateways',
      RULES: JSON.stringify(this.#options.rules),
      PRACTICE_AFTER_MS: 'off',
    };
    const service = new TestService(kind, env, this.#options.root);
    service.process.once('exit', (code, signal) => {
      if (this.#isStopping || this.#past.includes(service)) return;
      this.#crashes.push({
        level: 'fatal',
        msg: `a ${kind} ended by itself with ${signal ?? `exit code ${code}`}`,
      });
    });
    return service;
  }

  async #whenReady(actor: Actor): Promise<void> {
    const { name, service } = actor;
    const over = new AbortController();
    const tooLong = sleep(readyWithinMs, undefined, { signal: over.signal }).then(() => {
      throw new Error(`${name} is not ready after ${readyWithinMs / 1_000} s`);
    });
    try {
      await Promise.race([service.listening(), tooLong]);
      if (actor.toPlayers) actor.toPlayers.targetPort = service.port;
      await Promise.race([service.ready(), tooLong]);
    } finally {
      over.abort();
    }
    actor.isUp = true;
  }
}

const isError = ({ level }: LogLine): boolean => level === 'error' || level === 'fatal';

const errorsOf = ({ log, stderr }: TestService): LogLine[] => [
  ...log.filter(isError),
  ...(stderr ? [{ level: 'fatal', msg: stderr }] : []),
];
