import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HaproxyProgram } from '../../dev/haproxy/haproxy.ts';
import { findFreePort } from '../../dev/system/ports.ts';
import { eventually } from '../support/eventually.ts';

const ownConfig = fileURLToPath(new URL('../../haproxy/haproxy.cfg', import.meta.url));

interface Ports {
  players: number;
  operators: number;
  /** Of the gateways that there are, and that there will be. */
  gateways: number[];
}

/** HAProxy in front of gateways on this machine, configured as Compose's. */
export class FrontDoor {
  readonly port: number;
  /** What it has written. */
  output = '';
  readonly #operators: number;
  readonly #process: ChildProcess;

  private constructor({ command, env }: HaproxyProgram, configFile: string, { players, operators }: Ports) {
    this.port = players;
    this.#operators = operators;
    this.#process = spawn(command, ['-db', '-f', configFile], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  /**
   * @param dir where its configuration is written to
   * @param gateways ports on which gateways listen, now or later
   * @throws Error with what it said when it does not start
   */
  static async start(program: HaproxyProgram, dir: string, gateways: number[]): Promise<FrontDoor> {
    const ports = { players: await findFreePort(), operators: await findFreePort(), gateways };
    const file = join(dir, 'haproxy.cfg');
    await writeFile(file, configFor(await readFile(ownConfig, 'utf8'), ports));
    const door = new FrontDoor(program, file, ports);
    try {
      await eventually(() => door.#upstream().catch(() => undefined), 10_000);
      return door;
    } catch {
      door.stop();
      throw new Error(`haproxy did not start: ${door.output}`);
    }
  }

  /** Resolves when it sends players to the gateway on this port. */
  async knows(gateway: number): Promise<void> {
    await eventually(async () => (await this.#upstream()).get(nameOf(gateway)) === 'UP', 15_000);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  /** How it thinks of each gateway, by name. */
  async #upstream(): Promise<Map<string, string>> {
    const text = await (await fetch(`http://127.0.0.1:${this.#operators}/metrics`)).text();
    const states = text.matchAll(
      /^haproxy_server_status\{proxy="gateways",server="([\w-]+)",state="(\w+)"\} 1$/gm,
    );
    return new Map([...states].map(([, server = '', state = '']) => [server, state]));
  }
}

const nameOf = (port: number) => `gateway-${port}`;

/**
 * Compose's configuration, for one machine: other ports, and gateways by theirs where Docker's DNS knows them by name.
 * Nothing else is changed, so that what is tried is how that configuration behaves.
 *
 * @throws Error when it has no longer what is to be replaced
 */
export function configFor(config: string, { players, operators, gateways }: Ports): string {
  const servers = gateways.map((port) => `    server ${nameOf(port)} 127.0.0.1:${port}`).join('\n');
  let text = config;
  const replacements: [what: RegExp, by: string, times: number][] = [
    [/^ +bind :8080$/gm, `    bind 127.0.0.1:${players}`, 1],
    [/^ +bind :8404$/gm, `    bind 127.0.0.1:${operators}`, 1],
    [/^ +server-template gateway- \d+ gateway:8080$/gm, servers, 2],
  ];
  for (const [what, by, times] of replacements) {
    const found = text.match(what)?.length ?? 0;
    if (found !== times) throw new Error(`haproxy.cfg has ${what} ${found} times instead of ${times}`);
    text = text.replace(what, by);
  }
  return text;
}
