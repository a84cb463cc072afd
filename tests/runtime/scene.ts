import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runtime } from '../../dev/system/runtimes.ts';
import { type RunningValkey, startValkey } from '../../dev/valkey/valkey.ts';
import { TestService } from '../support/service.ts';
import { type Stack, startStack } from '../support/stack.ts';

const rules = { countdownMs: 300, matchMs: 6_000, goldenGapMs: [300, 500], graceMs: 5_000 };

/** What protects the operator's page here. */
export const opsPassword = 'a password of the tests';

/** Everything there is on one runtime, with a Valkey of its own: what is done to it here would disturb others. */
export class Scene {
  readonly runtime: Runtime;
  readonly stack: Stack;
  readonly practice: TestService;
  readonly #valkey: RunningValkey;
  readonly #dir: string;

  private constructor(
    runtime: Runtime,
    dir: string,
    valkey: RunningValkey,
    stack: Stack,
    practice: TestService,
  ) {
    this.runtime = runtime;
    this.stack = stack;
    this.practice = practice;
    this.#valkey = valkey;
    this.#dir = dir;
  }

  static async open(runtime: Runtime): Promise<Scene> {
    const dir = await mkdtemp(join(tmpdir(), 'overcookied-runtime-'));
    const valkey = await startValkey({ dir, persist: false });
    const stack = await startStack(rules, valkey.url, {
      RUNTIME: runtime,
      PRACTICE_AFTER_MS: '500',
      OPS_PASSWORD: opsPassword,
    });
    const env = { ...stack.env, GATEWAY_URL: stack.gateways[0].url };
    return new Scene(runtime, dir, valkey, stack, await new TestService('practice', env).ready());
  }

  get gateways(): [string, string] {
    return [this.stack.gateways[0].url, this.stack.gateways[1].url];
  }

  get services(): TestService[] {
    return [...this.stack.gateways, this.stack.matchmaker, this.stack.ticker, this.practice];
  }

  /** One more gateway, to do to it what the others must not suffer. */
  anotherGateway(extra: Record<string, string> = {}): Promise<TestService> {
    return new TestService('gateway', { ...this.stack.env, ...extra }).ready();
  }

  async close(): Promise<void> {
    await this.practice.stop();
    await this.stack.stop();
    await this.#valkey.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }
}
