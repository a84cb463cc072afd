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

/** One of a scaled service. */
export interface Container {
  id: string;
  service: Scaled;
  /** Its own address past the front door, which is another one after each start. */
  url: string;
}

/** All bots come from one address. */
const unlimited = { connectionsPerAddress: null, guestsPerAddress: null, requestsPerAddress: null };

/** A container that was killed is well again within so long, in ms, or never. */
const wellWithinMs = 60_000;
const pollMs = 200;

/** The stack of compose.yaml under a name and on a port of its own, with secrets of its own. */
export class Stack {
  readonly project = `overcookied-smoke-${process.pid}`;
  readonly port: number;
  readonly containers: Container[] = [];
  readonly #env: NodeJS.ProcessEnv;
  readonly #password = randomBytes(16).toString('hex');

  private constructor(port: number, rules: object) {
    this.port = port;
    this.#env = {
      ...process.env,
      ...{ PORT: String(port), REVISION: 'smoke', VALKEY_PASSWORD: this.#password },
      ...{ RULES: JSON.stringify(rules), PRACTICE_AFTER_MS: 'off', LIMITS: JSON.stringify(unlimited) },
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
    for (const service of Object.keys(scale) as Scaled[]) {
      const ids = (await this.#compose(['ps', '--quiet', service])).trim().split('\n');
      for (const id of ids) this.containers.push({ id, service, url: await urlOf(id) });
    }
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

  /** How many sockets each gateway has. */
  async sockets(): Promise<number[]> {
    const gateways = this.containers.filter(({ service }) => service === 'gateway');
    return Promise.all(
      gateways.map(async ({ url }) => {
        const metrics = await (await fetch(`${url}/metrics`)).text();
        return Number(/^overcookied_sockets\S* (\d+)$/m.exec(metrics)?.[1]);
      }),
    );
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
export async function kill({ id }: Container): Promise<void> {
  await runCommand('docker', ['kill', '--signal', 'SIGKILL', id]);
}

/** Starts a container again. Resolves when it is well. @throws Error when it does not get well */
export async function restart(container: Container): Promise<void> {
  const { id } = container;
  await runCommand('docker', ['start', id]);
  container.url = await urlOf(id);
  const giveUpAt = Date.now() + wellWithinMs;
  while ((await inspect(id, '{{.State.Health.Status}}')) !== 'healthy') {
    if (Date.now() > giveUpAt) {
      throw new Error(`${await inspect(id, '{{.Name}}')} is not well after ${wellWithinMs / 1_000} s`);
    }
    await sleep(pollMs);
  }
}

/** Where the only port of a container is published. */
async function urlOf(id: string): Promise<string> {
  const ports = await runCommand('docker', ['port', id]);
  return `http://${/127\.0\.0\.1:\d+/.exec(ports)?.[0]}`;
}

async function inspect(id: string, format: string): Promise<string> {
  return (await runCommand('docker', ['inspect', '--format', format, id])).trim();
}

const lastLine = (error: unknown): string => (error as Error).message.trim().split('\n').at(-1) ?? '';
