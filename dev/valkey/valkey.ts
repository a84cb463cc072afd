import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, hasEnded, whenEnded } from '../launcher/child.ts';
import { findFreePort } from '../system/ports.ts';
import { findValkey } from './valkey-binary.ts';
import { guard } from './valkey-guard.ts';
import { stopOrphan, traceableArgs } from './valkey-orphan.ts';
import { answersAs } from './valkey-ping.ts';
import type { ValkeyProgram } from './valkey-program.ts';

interface ValkeyOptions {
  /** Where its data and its process id are kept; it is made if need be. */
  dir: string;
  /** 0, or none: a free one. */
  port?: number;
  /** Whether its data outlives it. */
  persist: boolean;
  /** How many databases it has, 16 unless told. */
  databases?: number;
  /** More of Valkey's own options, as in `['--maxmemory', '64mb']`. */
  args?: string[];
  /** Ends the start when it is aborted; a server that runs already is left alone. */
  signal?: AbortSignal;
}

export interface RunningValkey {
  url: string;
  port: number;
  pid: number;
  process: ChildProcess;
  /** Resolves when it has ended, for whatever reason, to what is known about it, with its last log lines. */
  ended: Promise<string>;
  /** Ends it, by force after 3 s or as many milliseconds as told. Resolves when it has ended. */
  stop(graceMs?: number): Promise<void>;
}

const readyTimeoutMs = 60_000;
const pollMs = 25;
const attempts = 5;
const keptLogChars = 2_000;

class PortTaken extends Error {}

/**
 * Starts a Valkey on 127.0.0.1. It ends when this process does, however that ends; one that was left behind
 * on the same data is stopped first.
 *
 * @returns when it answers
 * @throws Error when there is no Valkey, the port is taken, the data is in use, or the server does not start
 */
export async function startValkey(options: ValkeyOptions): Promise<RunningValkey> {
  const program = await findValkey(options.signal);
  await mkdir(options.dir, { recursive: true });
  await stopOrphan(options.dir);
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await findFreePort());
    try {
      return await launch(program, port, options);
    } catch (error) {
      // Another program may take a port between it being found free and being bound.
      if (!(error instanceof PortTaken) || options.port || attempt === attempts) throw error;
    }
  }
}

async function launch(program: ValkeyProgram, port: number, options: ValkeyOptions): Promise<RunningValkey> {
  const { dir, signal } = options;
  const child = spawn(program.command, valkeyArgs(port, options), {
    env: program.env,
    // A terminal's Ctrl-C must not reach it before the services have written their last.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-keptLogChars);
    });
  }
  const exited = whenEnded(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program.command} cannot be started: ${await exited}`);
  const watch = guard(pid);
  const watchEnded = whenEnded(watch);
  const ended = exited.then(async (how) => {
    await endChild(watch, watchEnded, 0);
    return `Valkey ended with ${how}. Its last words:\n${log.trim()}`;
  });
  const stop = (graceMs = 3_000) => endChild(child, ended, graceMs);

  const deadline = Date.now() + readyTimeoutMs;
  while (!(await answersAs(pid, port))) {
    if (hasEnded(child)) {
      const words = await ended;
      if (/address already in use/i.test(words))
        throw new PortTaken(`Port ${port} is taken by another program.`);
      throw new Error(words);
    }
    if (signal?.aborted || Date.now() > deadline) {
      await stop();
      signal?.throwIfAborted();
      throw new Error(
        `Valkey did not answer within ${readyTimeoutMs} ms. Its data is in ${dir}; it said:\n${log}`,
      );
    }
    await sleep(pollMs);
  }
  return { url: `valkey://127.0.0.1:${port}`, port, pid, process: child, ended, stop };
}

function valkeyArgs(port: number, { dir, persist, databases = 16, args = [] }: ValkeyOptions): string[] {
  const appendOnly = persist ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : ['--appendonly', 'no'];
  return [
    ...['--bind', '127.0.0.1', '--port', String(port)],
    ...['--dir', dir, '--save', '', ...appendOnly],
    // Valkey holds matches and scores here, not a cache: a write that does not fit must fail, not push others out.
    ...['--maxmemory-policy', 'noeviction'],
    ...['--databases', String(databases)],
    ...traceableArgs(dir),
    ...args,
  ];
}
