import { setTimeout as sleep } from 'node:timers/promises';
import { type LogLine, type ServiceName, TestService } from '../../support/service.ts';
import type { Random } from '../random.ts';
import { type HistoryEvent, now } from './history.ts';

/** How many of each there are. */
const numbers = { gateway: 3, matchmaker: 2, 'game-ticker': 2 } as const;
type Kind = keyof typeof numbers;

/** How long it is quiet between two faults, least and most in ms. */
const quietMs = [600, 2_200] as const;
/** How long a service stays dead, least and most in ms. */
const deadMs = [0, 1_500] as const;
/** How long a matchmaker sleeps, least and most in ms: mostly longer than its lock lasts. */
const asleepMs = [300, 5_000] as const;

const faults = { gateway: 35, 'game-ticker': 20, matchmaker: 20, sleepyMatchmaker: 25 };
type Fault = keyof typeof faults;

const kindOf = (fault: Fault): Kind => (fault === 'sleepyMatchmaker' ? 'matchmaker' : fault);

/** How often the other matchmaker is killed while one sleeps. */
const bothFail = 0.6;

/**
 * All services as processes, of which now one and then another fails. One of each kind always works, but for a moment
 * in which the only matchmaker that is awake is killed, and started again.
 */
export class ChaosServices {
  readonly #env: Record<string, string>;
  readonly #record: (event: HistoryEvent) => void;
  readonly #random: Random;
  readonly #pairing: () => Promise<void>;
  readonly #running = new Map<string, TestService>();
  /** Those that ended too. */
  readonly #all: TestService[] = [];
  /** Kinds of which one is failing. */
  readonly #failing = new Set<Kind>();
  /** Faults that are not made good yet. */
  readonly #underWay = new Set<Promise<void>>();

  /** @param pairing resolves when a pair has just been taken out of the queue: the worst moment for a matchmaker */
  constructor(
    env: Record<string, string>,
    record: (event: HistoryEvent) => void,
    random: Random,
    pairing: () => Promise<void>,
  ) {
    this.#pairing = pairing;
    this.#env = env;
    this.#record = record;
    this.#random = random;
  }

  async start(): Promise<void> {
    const names = Object.entries(numbers).flatMap(([kind, number]) =>
      Array.from({ length: number }, (_, i) => `${kind} ${i + 1}`),
    );
    await Promise.all(names.map((name) => this.#startOne(name)));
  }

  /** Addresses of the gateways that live. */
  readonly gateways = (): string[] =>
    [...this.#running].filter(([name]) => name.startsWith('gateway')).map(([, { url }]) => url);

  /** Makes faults until told to stop; resolves when all are made good. */
  async fail(signal: AbortSignal): Promise<void> {
    // Each once before chance has its way: in a short run some would not come otherwise.
    const missing = new Set(Object.keys(faults) as Fault[]);
    while (!signal.aborted) {
      await sleep(this.#random.between(...quietMs), undefined, { signal }).catch(() => {});
      const choices = missing.size > 0 ? [...missing] : (Object.keys(faults) as Fault[]);
      const weights = Object.fromEntries(choices.map((each) => [each, faults[each]]));
      const fault = this.#random.weighted<Fault>(weights);
      const kind = kindOf(fault);
      if (signal.aborted || this.#failing.has(kind)) continue;
      missing.delete(fault);
      this.#failing.add(kind);
      const name = `${kind} ${Math.floor(this.#random.between(1, numbers[kind] + 1))}`;
      const work = (fault === 'sleepyMatchmaker' ? this.#sleep(name) : this.#kill(name)).finally(() => {
        this.#failing.delete(kind);
        this.#underWay.delete(work);
      });
      this.#underWay.add(work);
    }
    await Promise.all(this.#underWay);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#all.map((service) => service.stop('SIGKILL')));
  }

  /** What any of them logged that should never be. */
  get errors(): LogLine[] {
    return this.#all.flatMap(({ log }) => log).filter(({ level }) => level === 'error' || level === 'fatal');
  }

  async #startOne(name: string): Promise<void> {
    const [kind] = name.split(' ') as [ServiceName];
    const service = new TestService(kind, this.#env);
    this.#all.push(service);
    this.#running.set(name, await service.ready());
  }

  async #kill(name: string, deadFor = this.#random.between(...deadMs)): Promise<void> {
    const service = this.#running.get(name);
    if (!service) return;
    if (name.startsWith('matchmaker')) await this.#pairing();
    // Whoever looks for a gateway is not to be sent there any more.
    this.#running.delete(name);
    const ended = service.stop('SIGKILL');
    this.#note('killed', name);
    await ended;
    await sleep(deadFor);
    await this.#startOne(name);
    this.#note('ready', name);
  }

  async #sleep(name: string): Promise<void> {
    const { process } = this.#running.get(name) ?? {};
    const asleepFor = this.#random.between(...asleepMs);
    const alsoOther = this.#random.next() < bothFail;
    await this.#pairing();
    process?.kill('SIGSTOP');
    this.#note('stopped', name);
    const awake = sleep(asleepFor).then(() => {
      process?.kill('SIGCONT');
      this.#note('continued', name);
    });
    if (alsoOther) await this.#kill(name === 'matchmaker 1' ? 'matchmaker 2' : 'matchmaker 1', 0);
    await awake;
  }

  #note(what: 'killed' | 'ready' | 'stopped' | 'continued', service: string): void {
    this.#record({ at: now(), kind: 'fault', what, service });
  }
}
