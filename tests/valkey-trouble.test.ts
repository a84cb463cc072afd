/**
 * Valkey is in trouble of one kind or another in the middle of two matches. The services keep their sockets, say what
 * is wrong, acknowledge nothing that Valkey has not got, and go on by themselves.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loginAsGuest } from '@overcookied/client/api.ts';
import { Player } from '@overcookied/client/player.ts';
import type { FrameOf, GameStart, ServerFrame } from '@overcookied/shared/protocol.ts';
import { connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { expect, type TestContext, test } from 'vitest';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { mostOwedMs } from '../services/gateway/src/owed-acks.ts';
import { eventually } from './support/eventually.ts';
import { type Stack, startStack } from './support/stack.ts';
import { silentLog } from './support/valkey.ts';

type GameOver = FrameOf<ServerFrame, 'GAME_OVER'>['payload'];

const rules = { countdownMs: 200, matchMs: 6_000, goldenGapMs: [60_000, 60_000] };

/** A Valkey that can be brought into trouble, and out of it again. */
class Patient {
  readonly #dir: string;
  #valkey: RunningValkey;
  #coming: Promise<RunningValkey> | undefined;

  private constructor(dir: string, valkey: RunningValkey) {
    this.#dir = dir;
    this.#valkey = valkey;
  }

  static async start(): Promise<Patient> {
    const dir = await mkdtemp(join(tmpdir(), 'overcookied-trouble-'));
    return new Patient(dir, await startValkey({ dir, ...Patient.#options }));
  }

  static readonly #options = { persist: true, args: ['--appendfsync', 'always'] };

  get url(): string {
    return this.#valkey.url;
  }

  get process() {
    return this.#valkey.process;
  }

  async call(command: string, ...args: string[]): Promise<void> {
    const valkey = connectValkey(this.url, silentLog);
    await whenReady(valkey);
    await valkey.call(command, ...args);
    valkey.disconnect();
  }

  /** Gives it so many keys of a kilobyte, in the part of its file that is loaded key by key. */
  async fill(keys: number): Promise<void> {
    for (let i = 0; i < keys; i++) {
      await this.call('SET', `filler:${i}`, randomBytes(1_024).toString('latin1'));
    }
    await this.call('BGREWRITEAOF');
    const valkey = connectValkey(this.url, silentLog);
    await whenReady(valkey);
    await eventually(async () => (await valkey.info('persistence')).includes('aof_rewrite_in_progress:0'));
    valkey.disconnect();
  }

  async kill(): Promise<void> {
    await this.#valkey.stop(0);
  }

  /** Starts it again on its data, which it may have to load first. */
  startAgain(...args: string[]): void {
    const { args: always, ...options } = Patient.#options;
    const { port } = this.#valkey;
    this.#coming = startValkey({ dir: this.#dir, port, ...options, args: [...always, ...args] });
  }

  /** Resolves when it is there again. */
  async back(): Promise<void> {
    if (this.#coming) this.#valkey = await this.#coming;
    this.#coming = undefined;
  }

  async end(): Promise<void> {
    await this.back();
    this.process.kill('SIGCONT');
    await this.#valkey.stop(0);
    await rm(this.#dir, { recursive: true, force: true });
  }
}

/** How each begins and ends, how long it lasts in ms, and what the operator is told. */
const troubles: Record<
  string,
  { begin: (valkey: Patient) => unknown; end: (valkey: Patient) => unknown; ms: number; says: RegExp }
> = {
  'is killed and comes back on its append-only file': {
    begin: (valkey) => valkey.kill(),
    end: (valkey) => {
      valkey.startAgain();
      return valkey.back();
    },
    ms: 3_000,
    says: /not reachable: .*ECONNREFUSED/,
  },
  'does not answer for 5 s': {
    begin: (valkey) => valkey.process.kill('SIGSTOP'),
    end: (valkey) => valkey.process.kill('SIGCONT'),
    ms: 5_000,
    says: /did not answer within|not reachable/,
  },
  'has become a replica': {
    begin: (valkey) => valkey.call('REPLICAOF', '127.0.0.1', '1'),
    end: (valkey) => valkey.call('REPLICAOF', 'NO', 'ONE'),
    ms: 3_000,
    says: /read-only replica.*READONLY/,
  },
  'is full': {
    begin: (valkey) => valkey.call('CONFIG', 'SET', 'maxmemory', '1'),
    end: (valkey) => valkey.call('CONFIG', 'SET', 'maxmemory', '0'),
    ms: 4_000,
    says: /full.*OOM/,
  },
  'takes its time to load its data': {
    begin: async (valkey) => {
      await valkey.fill(30);
      await valkey.kill();
      // It answers, that it loads, after every key and some bytes.
      const slow = ['--key-load-delay', '50000', '--loading-process-events-interval-bytes', '1024'];
      valkey.startAgain(...slow);
    },
    end: (valkey) => valkey.back(),
    ms: 500,
    says: /loading.*LOADING/,
  },
};

/** Two who play each other; the first of them clicks. */
async function pair(stack: Stack, onTestFinished: TestContext['onTestFinished']) {
  const sessions = await Promise.all(stack.gateways.map(({ url }, i) => loginAsGuest(url, `Player ${i}`)));
  const players = sessions.map(
    ({ token }, i) => new Player({ url: stack.gateways[i]?.url.replace('http', 'ws') ?? '', token }),
  );
  const states = new Set<string>();
  const acks: number[] = [];
  const [clicker] = players as [Player];
  clicker.on('UPDATE', ({ ack }) => ack !== undefined && acks.push(ack));
  for (const player of players) player.on('status', ({ state }) => states.add(state));
  const starts = players.map(
    (player) => new Promise<GameStart>((resolve) => player.on('GAME_START', resolve)),
  );
  const overs = players.map(
    (player) =>
      new Promise<{ at: number; over: Omit<GameOver, 'ratingDelta'> }>((resolve) => {
        // The rating changes the other way for the other player.
        player.on('GAME_OVER', ({ ratingDelta: _, ...over }) => resolve({ at: performance.now(), over }));
      }),
  );
  for (const player of players) player.joinQueue();
  const [start] = await Promise.all(starts);
  let made = 0;
  const clicking = setInterval(() => {
    if (clicker.click()) made++;
  }, 70);
  onTestFinished(() => {
    clearInterval(clicking);
    for (const player of players) player.close();
  });
  return {
    ...{ clicker, acks, states, overs: Promise.all(overs), role: start?.role ?? 'p1' },
    get made() {
      return made;
    },
    rest: () => clearInterval(clicking),
  };
}

const answers = (stack: Stack) =>
  Promise.all(
    [...stack.gateways, stack.matchmaker, stack.ticker].map(async ({ url }) => {
      const response = await fetch(`${url}/readyz`);
      return `${response.status} ${await response.text()}`;
    }),
  );

// They mostly wait, and do so together.
test.concurrent.for(Object.keys(troubles))(
  'Valkey %s',
  { timeout: 60_000 },
  async (what, { onTestFinished }) => {
    const trouble = troubles[what];
    if (!trouble) throw new Error(`no trouble "${what}"`);
    const valkey = await Patient.start();
    onTestFinished(() => valkey.end());
    const stack = await startStack(rules, valkey.url);
    onTestFinished(() => stack.stop());

    // The end of the first match passes while nobody can say so; the second goes on after the trouble.
    const first = await pair(stack, onTestFinished);
    await sleep(2_500);
    const second = await pair(stack, onTestFinished);
    await sleep(1_000);
    first.rest();
    await eventually(() => first.clicker.openClicks === 0);
    const { made } = first;
    await trouble.begin(valkey);
    await sleep(mostOwedMs + 80);
    await eventually(async () =>
      (await answers(stack)).every((text) => /^503 /.test(text) && trouble.says.test(text)),
    );
    // What was counted before is told by then, however busy the machine; the scores below say whether it was.
    const highest = () => [first, second].map(({ acks }) => Math.max(0, ...acks));
    const told = highest();
    first.clicker.click();
    await sleep(trouble.ms);
    expect(highest()).toEqual(told);
    expect(second.clicker.openClicks).toBeGreaterThan(5);
    await trouble.end(valkey);
    const backAt = performance.now();

    const [mine, theirs] = await first.overs;
    expect(mine?.over).toEqual(theirs?.over);
    expect(mine?.over[`${first.role}Score`]).toBe(made);
    expect((mine?.at ?? 0) - backAt).toBeLessThan(1_500);
    const [over, other] = await second.overs;
    expect(over?.over).toEqual(other?.over);
    // The match may have ended while the last of the clicks were on their way.
    expect(over?.over[`${second.role}Score`]).toBeGreaterThanOrEqual(Math.max(0, ...second.acks));
    await eventually(async () => (await answers(stack)).every((text) => text.startsWith('200')));
    expect([...first.states, ...second.states]).toEqual(['open', 'open']);
    // Nobody could hear the gateways, which is no reason to bury them.
    const burials = stack.gateways.flatMap(({ log }) =>
      log.filter(({ msg }) => msg.includes('taken for dead')),
    );
    expect(burials).toEqual([]);
    for (const { stderr } of [...stack.gateways, stack.matchmaker, stack.ticker]) expect(stderr).toBe('');
  },
);

test.concurrent('nobody is sent elsewhere however long Valkey takes to load its data', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const valkey = await Patient.start();
  onTestFinished(() => valkey.end());
  const stack = await startStack({ ...rules, matchMs: 60_000 }, valkey.url);
  onTestFinished(() => stack.stop());
  const { states } = await pair(stack, onTestFinished);
  await valkey.fill(240);
  await valkey.kill();
  valkey.startAgain('--key-load-delay', '50000', '--loading-process-events-interval-bytes', '1024');
  const from = performance.now();
  await valkey.back();
  expect(performance.now() - from).toBeGreaterThan(10_000);
  expect([...states]).toEqual(['open']);
});
