import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProcess } from '../system/process-table.ts';
import { type RunningValkey, startValkey } from './valkey.ts';

describe('startValkey', () => {
  let dir: string;
  let started: RunningValkey[];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'overcookied-valkey-'));
    started = [];
  });

  afterEach(async () => {
    await Promise.all(started.map((valkey) => valkey.stop(0)));
    await rm(dir, { recursive: true });
  });

  const start = async (options: Partial<Parameters<typeof startValkey>[0]> = {}) => {
    const valkey = await startValkey({ dir, persist: true, ...options });
    started.push(valkey);
    return valkey;
  };

  test('keeps data over a restart', async () => {
    const first = await start();
    expect(await ask(first.port, 'SET cookie crumbs')).toContain('+OK');
    await first.stop();
    const second = await start();
    expect(await ask(second.port, 'GET cookie')).toContain('crumbs');
  });

  test('keeps nothing unless asked to, and has as many databases as asked for', async () => {
    const first = await start({ persist: false, databases: 4_096 });
    expect(await ask(first.port, 'SELECT 4095')).toContain('+OK');
    expect(await ask(first.port, 'SET cookie crumbs')).toContain('+OK');
    await first.stop();
    const second = await start({ persist: false });
    expect(await ask(second.port, 'GET cookie')).toContain('$-1');
  });

  test('leaves no process behind when stopped, however often', async () => {
    const valkey = await start();
    expect(await findProcess(valkey.pid)).toBeDefined();
    await Promise.all([valkey.stop(), valkey.stop()]);
    await valkey.stop();
    expect(await findProcess(valkey.pid)).toBeUndefined();
    expect(await valkey.ended).toContain('exit code 0');
  });

  test('says so when the port is taken, also by another Valkey', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
    server.close();
    const other = await start({ dir: join(dir, 'other') });
    await expect(start({ port: other.port })).rejects.toThrow(`Port ${other.port} is taken`);
  });

  test('passes on what Valkey says when it does not start', async () => {
    await expect(start({ args: ['--no-such-option', '1'] })).rejects.toThrow(/no-such-option/);
  });

  test('leaves alone a server whose launcher runs', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow('is in use');
    expect(await ask(first.port, 'PING')).toContain('+PONG');
  });

  test('ends with a launcher that is killed, and its data is there for the next', async () => {
    const { launcher, port, pid } = await startElsewhere(dir);
    expect(await ask(port, 'SET cookie crumbs')).toContain('+OK');
    launcher.kill('SIGKILL');
    // It may still be running here: then it is stopped first.
    const next = await start();
    expect(await findProcess(pid)).toBeUndefined();
    expect(await ask(next.port, 'GET cookie')).toContain('crumbs');
  });

  test('stops an orphan first', async () => {
    const { launcher, port, pid } = await startElsewhere(dir);
    expect(await ask(port, 'SET cookie crumbs')).toContain('+OK');
    // Stopped, it cannot act on the launcher's end: as good as killed, but not for ever.
    process.kill(pid, 'SIGSTOP');
    launcher.kill('SIGKILL');
    await once(launcher, 'close');
    await sleep(200);
    expect(await findProcess(pid)).toBeDefined();
    const next = await start();
    expect(await findProcess(pid)).toBeUndefined();
    expect(await ask(next.port, 'GET cookie')).toContain('crumbs');
  });
});

/** Starts a Valkey as a process of its own does, so that it can lose its launcher. */
async function startElsewhere(dir: string) {
  const module = new URL('valkey.ts', import.meta.url).href;
  const code = `
    const { startValkey } = await import(${JSON.stringify(module)});
    const { port, pid } = await startValkey({ dir: ${JSON.stringify(dir)}, persist: true });
    process.stdout.write(JSON.stringify({ port, pid }));`;
  const launcher = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answer] = await once(launcher.stdout, 'data');
  return { launcher, ...(JSON.parse(String(answer)) as { port: number; pid: number }) };
}

/** The answer to one inline command. */
async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${command}\r\nQUIT\r\n`);
  return text(socket);
}
