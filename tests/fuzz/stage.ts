import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Redis } from '@overcookied/shared/valkey.ts';
import type { Runtime } from '../../dev/system/runtimes.ts';
import { TestIssuer } from '../support/issuer.ts';
import { type LogLine, TestService } from '../support/service.ts';
import { rules } from './rules.ts';
import type { World } from './world.ts';

const secret = 'a secret of the fuzzer and of its gateways';
const collectGarbage = fileURLToPath(new URL('collect-garbage.ts', import.meta.url));
/** Where players would find the page; nobody goes there. */
const publicUrl = 'http://127.0.0.1:8080';
const lookEveryMs = 250;
/** A gateway that does not answer `/livez` within so many ms hangs; it takes a few, but machines are busy. */
const livezMs = 60_000;

/** Whoever takes so long to answer, in ms, or a timer here that is so late, says that the machine is too busy to judge by. */
const busyMs = 300;

/** What a service may say at level error: that somebody sent nonsense through Valkey, which the fuzzer does. */
const rightErrors = ['event that makes no sense', 'notice that makes no sense', 'player of another match'];

interface StageOptions {
  valkeyUrl: string;
  valkey: Redis;
  /** What the gateways run on. */
  runtime: Runtime;
  /** Folder that has the services: the repository unless told. */
  root: string | undefined;
}

/** The whole system as processes, and an eye on them. */
export class Stage {
  /** What the services have done that none may do: ended, complained, hung. */
  readonly troubles: string[] = [];
  /** Whether a service has ended by itself. */
  isDead = false;
  /** The longest that `/livez` has taken, in ms. */
  slowestMs = 0;
  readonly valkey: Redis;
  readonly #services: TestService[];
  readonly #timer: NodeJS.Timeout;
  /** When each question was asked that has no answer yet, in ms by `performance.now()`. */
  readonly #asking = new Set<number>();
  #lookedAt = performance.now();
  #busyAt = Number.NEGATIVE_INFINITY;
  #isStopping = false;

  readonly #issuer: TestIssuer;

  private constructor(options: StageOptions, issuer: TestIssuer) {
    this.valkey = options.valkey;
    this.#issuer = issuer;
    const env = {
      VALKEY_URL: options.valkeyUrl,
      JWT_SECRET: secret,
      RULES: JSON.stringify(rules),
      PRACTICE_AFTER_MS: 'off',
      ...issuer.env(publicUrl),
    };
    const start = (name: 'gateway' | 'matchmaker' | 'game-ticker') =>
      name === 'gateway'
        ? new TestService(name, { ...env, RUNTIME: options.runtime }, options.root, collectGarbage)
        : new TestService(name, env, options.root);
    this.#services = (['gateway', 'gateway', 'matchmaker', 'game-ticker'] as const).map(start);
    for (const { process: child } of this.#services) {
      child.once('exit', (code, signal) => {
        if (this.#isStopping) return;
        this.isDead = true;
        this.#trouble(`ended with ${signal ?? `exit code ${code}`}`);
      });
    }
    process.once('exit', this.#kill);
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** @throws Error when a service does not come up */
  static async start(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options, await TestIssuer.start({ publicUrl }));
    try {
      await Promise.all(stage.#services.map((service) => service.ready()));
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  get gateways(): TestService[] {
    return this.#services.slice(0, 2);
  }

  world(count: World['count'], withinMs: number): World {
    const [one, two] = this.gateways.map(({ port }) => port) as [number, number];
    const wasBusySince = (ms: number) => {
      const now = performance.now();
      return this.#busyAt >= ms || [...this.#asking].some((askedAt) => now - askedAt > busyMs);
    };
    return { gateways: [one, two], valkey: this.valkey, secret, withinMs, wasBusySince, count };
  }

  /** Resolves when whatever the services have to say has arrived. */
  async settle(): Promise<void> {
    await sleep(50);
    this.#read();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    process.off('exit', this.#kill);
    await Promise.all(this.#services.map((service) => service.stop('SIGKILL')));
    await this.#issuer.stop();
  }

  readonly #kill = (): void => {
    for (const { process: child } of this.#services) child.kill('SIGKILL');
  };

  #trouble(what: string): void {
    this.troubles.push(what);
  }

  #look(): void {
    this.#read();
    const now = performance.now();
    if (now - this.#lookedAt > lookEveryMs + busyMs) this.#busyAt = now;
    this.#lookedAt = now;
    void this.#ask(() => this.valkey.ping());
    for (const { port } of this.gateways) {
      const ask = () => fetch(`http://127.0.0.1:${port}/livez`, { signal: AbortSignal.timeout(livezMs) });
      if (port)
        void this.#ask(ask).then((tookMs) => {
          this.slowestMs = Math.max(this.slowestMs, tookMs);
        });
    }
  }

  #read(): void {
    for (const service of this.#services) {
      if (service.stderr) this.#trouble(`on standard error: ${service.stderr.slice(0, 1_000)}`);
      service.stderr = '';
      // A long run has many lines; the one that tells the port is not needed any more either.
      for (const line of service.log.splice(service.port ? 0 : service.log.length)) {
        if (isWrong(line)) this.#trouble(`logged: ${JSON.stringify(line).slice(0, 1_000)}`);
      }
    }
  }

  /** @returns how long the answer took, in ms */
  async #ask(question: () => Promise<unknown>): Promise<number> {
    const askedAt = performance.now();
    this.#asking.add(askedAt);
    try {
      await question();
    } catch (error) {
      if (!this.#isStopping) this.#trouble(`does not answer: ${(error as Error).message}`);
    }
    this.#asking.delete(askedAt);
    const now = performance.now();
    if (now - askedAt > busyMs) this.#busyAt = now;
    return now - askedAt;
  }
}

const isWrong = ({ level, msg }: LogLine): boolean =>
  (level === 'error' || level === 'fatal') && !rightErrors.includes(msg);
