import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '@overcookied/shared/keys.ts';
import { click, createMatch } from '@overcookied/shared/match/match.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { closeValkey, connectValkey, primaries, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import { type RunningValkey, startValkey } from '../../../dev/valkey/valkey.ts';
import { log } from '../stage.ts';

const inStepWithinMs = 15_000;
const pollMs = 20;
/** Clicks are not to be too fast to count. */
const rules = {
  ...defaultRules,
  countdownMs: 0,
  matchMs: 600_000,
  clickRate: 1_000_000,
  clickBurst: 1_000_000,
};

export interface RoundOptions {
  dir: string;
  players: number;
  /** How many replicas must have a click before it is acknowledged. */
  waitReplicas: number;
  /** For how long they click until the primary is killed, in ms. */
  forMs: number;
}

/** What one primary took with it. */
export interface Round {
  /** How many clicks had been acknowledged, and for how long they were made, in ms. */
  acknowledged: number;
  forMs: number;
  /** Acknowledged clicks that the replica does not know of. */
  lost: number;
  /** How long before the death the oldest of them was acknowledged, in ms. */
  oldestMs: number;
}

/** Players click as fast as they are answered, the primary is killed, and the replica takes its place. */
export async function playRound({ dir, players, waitReplicas, forMs }: RoundOptions): Promise<Round> {
  const args = ['--repl-diskless-sync-delay', '0'];
  const primary = await startValkey({ dir: join(dir, 'primary'), persist: false, args });
  const replica = await startValkey({ dir: join(dir, 'replica'), persist: false });
  const connections: Valkey[] = [];
  const open = async (server: RunningValkey, wait: number) => {
    const valkey = connectValkey(server.url, log, wait);
    connections.push(valkey);
    await whenReady(valkey);
    return valkey;
  };
  try {
    const looking = await open(replica, 0);
    for (const node of primaries(looking)) await node.replicaof('127.0.0.1', primary.port);
    const valkey = await open(primary, waitReplicas);
    await inStep(valkey);
    const clickers = Array.from({ length: players }, (_, i) => new Clicker(valkey, `room-${i}`));
    for (const clicker of clickers) await soon(() => clicker.start());
    const beganAt = performance.now();
    const clicking = clickers.map((clicker) => clicker.click());
    await sleep(forMs);
    const killedAt = performance.now();
    primary.process.kill('SIGKILL');
    await primary.ended;
    await Promise.all(clicking);
    for (const node of primaries(looking)) await node.replicaof('NO', 'ONE');
    const losses = await Promise.all(clickers.map((clicker) => clicker.lostOn(looking)));
    const lost = losses.flat();
    return {
      acknowledged: clickers.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
      forMs: killedAt - beganAt,
      lost: lost.length,
      oldestMs: lost.length ? killedAt - Math.min(...lost) : 0,
    };
  } finally {
    await Promise.all(connections.map(closeValkey));
    await Promise.all([primary.stop(0), replica.stop(0)]);
  }
}

const inStep = (primary: Valkey): Promise<void> =>
  soon(async () => {
    if (!(await primary.info('replication')).includes('state=online'))
      throw new Error('the replica is not in step');
  });

/** A replica that has just come may take its time to say what it has. @throws what is still wrong after a while */
async function soon(work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + inStepWithinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(pollMs);
    }
  }
}

/** One player of a match of their own, who makes the next click when the one before is acknowledged. */
class Clicker {
  readonly #valkey: Valkey;
  readonly #roomId: string;
  /** When each click was acknowledged, in order, by `performance.now`. */
  readonly #acknowledgedAt: number[] = [];

  constructor(valkey: Valkey, roomId: string) {
    this.#valkey = valkey;
    this.#roomId = roomId;
  }

  get acknowledged(): number {
    return this.#acknowledgedAt.length;
  }

  async start(): Promise<void> {
    const [p1, p2] = ['one', 'two'].map((id) => ({ id, name: id, picture: '' })) as [Player, Player];
    await createMatch(this.#valkey, this.#roomId, { mode: 'ranked', p1, p2 }, rules);
  }

  /** Resolves when the primary does not answer any more. */
  async click(): Promise<void> {
    const seat = { roomId: this.#roomId, role: 'p1', playerId: 'one' } as const;
    try {
      for (let next = 1; ; next++) {
        await click(this.#valkey, seat, { first: next, last: next });
        this.#acknowledgedAt.push(performance.now());
      }
    } catch {
      // It is dead.
    }
  }

  /** @returns when each click was acknowledged that another Valkey does not know of */
  async lostOn(valkey: Valkey): Promise<number[]> {
    const known = Number((await valkey.hget(keys.game(this.#roomId), 'p1Ack')) ?? 0);
    return this.#acknowledgedAt.slice(known);
  }
}

interface Player {
  id: string;
  name: string;
  picture: string;
}
