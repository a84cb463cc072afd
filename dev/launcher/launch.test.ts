import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from '../system/ports.ts';
import { findProcess } from '../system/process-table.ts';
import { launch } from './launch.ts';

/** Says who it is, and ends as it is told. */
const fakeService = `
import { createServer } from 'node:http';
const { PORT, INSTANCE, FAILS, STUCK } = process.env;
if (FAILS === INSTANCE) process.exit(7);
if (STUCK === INSTANCE) process.on('SIGTERM', () => {});
createServer((request, response) => response.end(String(process.pid))).listen(Number(PORT), '127.0.0.1');
`;

describe('launch', () => {
  let dir: string;
  let script: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'overcookied-launch-'));
    script = join(dir, 'service.mjs');
    await writeFile(script, fakeService);
  });

  afterEach(() => rm(dir, { recursive: true }));

  /** Launches two services; `ended` is what launching comes to. */
  const start = async (env: NodeJS.ProcessEnv = {}) => {
    const services = [
      { name: 'one', port: await findFreePort(), script },
      { name: 'two', port: await findFreePort(), script },
    ];
    const stop = new AbortController();
    const kill = new AbortController();
    let onReady: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      onReady = resolve;
    });
    const ended = launch({
      services,
      // No Valkey is started where there is one already.
      env: { ...process.env, VALKEY_URL: 'valkey://127.0.0.1:1', ...env },
      dataDir: dir,
      onReady,
      stop: stop.signal,
      kill: kill.signal,
    });
    const [one = 0, two = 0] = services.map(({ port }) => port);
    return { one, two, stop, kill, ready, ended };
  };

  test('starts all services, and leaves none behind', async () => {
    const { one, two, stop, ready, ended } = await start();
    await ready;
    const pids = [await pidAt(one), await pidAt(two)];
    stop.abort();
    await ended;
    for (const pid of pids) expect(await findProcess(pid)).toBeUndefined();
  });

  test('starts a service again that was killed', async () => {
    const { one, stop, ready, ended } = await start();
    await ready;
    const first = await pidAt(one);
    process.kill(first, 'SIGKILL');
    // While nothing listens there, the old answer stands.
    await expect.poll(() => pidAt(one).catch(() => first), { timeout: 5_000 }).not.toBe(first);
    stop.abort();
    await ended;
  });

  test('ends when a service does not start, and says which', async () => {
    const { one, ended } = await start({ FAILS: 'two' });
    await expect(ended).rejects.toThrow('two ended with exit code 7 while starting');
    await expect(pidAt(one)).rejects.toThrow();
  });

  test('kills at once what does not stop, when told to', async () => {
    const { one, stop, kill, ready, ended } = await start({ STUCK: 'one' });
    await ready;
    const pid = await pidAt(one);
    stop.abort();
    const killedAt = Date.now();
    kill.abort();
    await ended;
    expect(Date.now() - killedAt).toBeLessThan(1_000);
    expect(await findProcess(pid)).toBeUndefined();
  });
});

/** The process id of the service on a port, as it says itself. */
async function pidAt(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return Number(await response.text());
}
