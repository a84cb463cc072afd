import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from '@overcookied/shared/valkey.ts';
import { endChild, whenEnded } from '../../dev/launcher/child.ts';
import { findFreePort } from '../../dev/system/ports.ts';
import { findValkey } from '../../dev/valkey/valkey-binary.ts';
import { openValkey } from './valkey.ts';

const name = 'game';
/** A primary that is silent for so long, in ms, is replaced. */
const downAfterMs = 1_000;

/** Valkey's own watchman over a primary: it makes a replica the primary when that has gone. */
export class Sentinel {
  readonly #connection: Redis;
  readonly #end: () => Promise<void>;

  private constructor(connection: Redis, end: () => Promise<void>) {
    this.#connection = connection;
    this.#end = end;
  }

  /** @param dir where it may keep its configuration, which it writes itself */
  static async start(dir: string, primaryPort: number): Promise<Sentinel> {
    const port = await findFreePort();
    const config = join(dir, 'sentinel.conf');
    await mkdir(dir, { recursive: true });
    await writeFile(
      config,
      `port ${port}
bind 127.0.0.1
dir ${dir}
sentinel monitor ${name} 127.0.0.1 ${primaryPort} 1
sentinel down-after-milliseconds ${name} ${downAfterMs}
sentinel failover-timeout ${name} 5000
`,
    );
    const { command, env } = await findValkey();
    const child = spawn(command, [config, '--sentinel'], { env, stdio: 'ignore' });
    const ended = whenEnded(child);
    process.once('exit', () => child.kill('SIGKILL'));
    return new Sentinel(await openValkey(`valkey://127.0.0.1:${port}`), () => endChild(child, ended, 0));
  }

  /** Port of the primary as it is now. */
  async primaryPort(): Promise<number> {
    const [, port] = (await this.#connection.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)) as [
      string,
      string,
    ];
    return Number(port);
  }

  /** How many replicas it could make the primary. */
  async replicas(): Promise<number> {
    return ((await this.#connection.call('SENTINEL', 'REPLICAS', name)) as unknown[]).length;
  }

  async stop(): Promise<void> {
    this.#connection.disconnect();
    await this.#end();
  }
}
