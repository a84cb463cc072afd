import { randomBytes } from 'node:crypto';
import { devNull } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../dev/system/command.ts';
import { findFreePort } from '../../dev/system/ports.ts';
import type { LogLine } from '../support/service.ts';
import type { Options } from './options.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const files = ['compose.yaml', 'tests/compose/compose.smoke.yaml'];
/** How many there are of each; of the others one. */
export const scale = { gateway: 3, 'game-ticker': 2 } as const;
export type Scaled = keyof typeof scale;

/** A container that was killed is well again within so long, in ms, or never. */
const wellWithinMs = 60_000;
const pollMs = 200;

/** The stack of compose.yaml under a name and on a port of its own, with secrets of its own. */
export class Stack {
  readonly project = `overcookied-smoke-${process.pid}`;
  readonly port: number;
  readonly #env: NodeJS.ProcessEnv;
  readonly #password = randomBytes(16).toString('hex');

  private constructor(port: number, rules: object) {
    this.port = port;
    this.#env = {
      ...process.env,
      ...{ PORT: String(port), REVISION: 'smoke', VALKEY_PASSWORD: this.#password },
      ...{ RULES: JSON.stringify(rules), PRACTICE_AFTER_MS: 'off' },
    };
  }

  /**
   * Looks for a Docker engine.
   *
   * @throws Error that says what is missing
   */
  static async find(rules: object): Promise<Stack> {
    await runCommand('docker', ['version', '--format', '{{.Server.Version}}']).catch((error) => {
      throw new Error(`this needs a Docker engine, and there is none: ${lastLine(error)}`);
    });
    await runCommand('docker', ['compose', 'version']).catch((error) => {
      throw new Error(`this needs Docker Compose 2.20 or newer, and there is none: ${lastLine(error)}`);
    });
    return new Stack(await findFreePort(), rules);
  }

  /** How to take it down by hand. */
  get downCommand(): string {
    return `docker compose -p ${this.project} down --volumes`;
  }

  /** Builds the images and starts everything; resolves when all is well. */
  async up({ pull }: Pick<Options, 'pull'>, signal: AbortSignal): Promise<void> {
    const scales = Object.entries(scale).flatMap(([service, number]) => ['--scale', `${service}=${number}`]);
    await this.#compose(['up', '--build', '--pull', pull, '--detach', '--wait', ...scales], signal);
  }

  /** Leaves nothing behind but the images. */
  async down(): Promise<void> {
    await this.#compose(['down', '--volumes', '--remove-orphans', '--timeout', '1']);
  }

  /** Address of Valkey, which is published on the loopback address only. */
  async valkeyUrl(): Promise<string> {
    const address = await this.#compose(['port', 'valkey', '6379']);
    return `valkey://:${this.#password}@${address.trim()}`;
  }

  /** Ids of a service's containers, in the order of their numbers. */
  async containers(service: Scaled): Promise<string[]> {
    const ids = (await this.#compose(['ps', '--all', '--quiet', service])).trim().split('\n');
    const named = await Promise.all(ids.map(async (id) => [await inspect(id, '{{.Name}}'), id] as const));
    return named.sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true })).map(([, id]) => id);
  }

  /** How many sockets each gateway has. */
  async sockets(): Promise<number[]> {
    const program = `const text = await (await fetch('http://127.0.0.1:8080/metrics')).text();
      console.log(/^overcookied_sockets\\S* (\\d+)$/m.exec(text)?.[1]);`;
    const ids = await this.containers('gateway');
    const args = ['node', '--input-type=module', '-e', program];
    const told = await Promise.all(ids.map((id) => runCommand('docker', ['exec', id, ...args])));
    return told.map(Number);
  }

  /** What the services logged that should never be. */
  async errors(): Promise<LogLine[]> {
    const services = ['gateway', 'matchmaker', 'game-ticker', 'practice'];
    const log = await this.#compose(['logs', '--no-color', '--no-log-prefix', ...services]);
    return log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine)
      .filter(({ level }) => level === 'error' || level === 'fatal');
  }

  /** A user's .env is not read: what is there is for another stack. */
  #compose(args: string[], signal?: AbortSignal): Promise<string> {
    const where = ['--project-directory', repository, '--project-name', this.project, '--env-file', devNull];
    const which = files.flatMap((file) => ['--file', `${repository}${file}`]);
    return runCommand('docker', ['compose', ...where, ...which, ...args], { env: this.#env, signal });
  }
}

/** Ends a container as a crash of its machine would. */
export async function kill(container: string): Promise<void> {
  await runCommand('docker', ['kill', '--signal', 'SIGKILL', container]);
}

/** Starts a container again. Resolves when it is well. @throws Error when it does not get well */
export async function restart(container: string): Promise<void> {
  await runCommand('docker', ['start', container]);
  const giveUpAt = Date.now() + wellWithinMs;
  while ((await inspect(container, '{{.State.Health.Status}}')) !== 'healthy') {
    if (Date.now() > giveUpAt) {
      throw new Error(`${await inspect(container, '{{.Name}}')} is not well after ${wellWithinMs / 1_000} s`);
    }
    await sleep(pollMs);
  }
}

async function inspect(container: string, format: string): Promise<string> {
  return (await runCommand('docker', ['inspect', '--format', format, container])).trim();
}

const lastLine = (error: unknown): string => (error as Error).message.trim().split('\n').at(-1) ?? '';
