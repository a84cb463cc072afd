import { expect, test } from 'vitest';
import { getJson } from '../../support/http.ts';
import { sampleOf, valueIn } from '../../support/metric.ts';
import { guest, Stranger } from '../../support/stranger.ts';
import { opsPassword, type Scene } from '../scene.ts';

/** What an operator sees. */
export function operatingCases(scene: () => Scene): void {
  test('every service says that it lives and is ready', async () => {
    for (const { url } of scene().services) {
      for (const path of ['livez', 'readyz']) expect((await getJson(`${url}/${path}`)).body).toBe('ok');
    }
  });

  test('every service tells what it needs, and nothing that it cannot know', async () => {
    for (const { url } of scene().services) {
      const { body, headers } = await getJson(`${url}/metrics`);
      expect(headers.get('content-type')).toContain('text/plain');
      const value = (name: string) => valueIn(body, name);
      expect(value('process_resident_memory_bytes')).toBeGreaterThan(30e6);
      expect(value('process_resident_memory_bytes')).toBeLessThan(500e6);
      expect(value('process_cpu_seconds_total')).toBeGreaterThan(0.05);
      expect(value('nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6);
      expect(sampleOf(body, 'memory_limit_bytes')).toBeGreaterThan(100e6);
      // A service that has just started has not looked that often yet.
      const looks = async () =>
        sampleOf((await getJson(`${url}/metrics`)).body, 'event_loop_delay_seconds_count');
      await expect.poll(looks).toBeGreaterThan(5);
      expect(sampleOf(body, 'ready')).toBe(1);
      // Bun has no such limit, and neither of the others tells of its garbage collection.
      expect(sampleOf(body, 'heap_limit_bytes') === undefined).toBe(scene().runtime === 'bun');
      expect(body.includes('nodejs_gc_duration_seconds')).toBe(scene().runtime === 'node');
    }
  });

  test('a gateway counts its sockets', async () => {
    const [gateway] = scene().gateways;
    const sockets = async () => sampleOf((await getJson(`${gateway}/metrics`)).body, 'sockets');
    const before = (await sockets()) ?? Number.NaN;
    const player = await Stranger.connect(gateway, (await guest(gateway, 'Ada')).token);
    await expect.poll(sockets).toBe(before + 1);
    player.close();
    await expect.poll(sockets).toBe(before);
  });

  test('every line of a log is JSON with a time, a level and who says it', async () => {
    for (const { log } of scene().services) {
      for (const { time, level, service, instance, msg } of log) {
        expect(Math.abs(Date.parse(String(time)) - Date.now())).toBeLessThan(600_000);
        expect({ level, service, instance, msg }).toEqual({
          level: expect.stringMatching(/^(info|warn)$/),
          service: expect.any(String),
          instance: service,
          msg: expect.any(String),
        });
      }
    }
  });

  test('every service says what it runs on, and what it cannot do there', async () => {
    for (const { log } of scene().services) {
      const said = log.find(({ msg }) => msg === `runs on ${scene().runtime}`);
      expect(said?.version).toMatch(/^\d+\.\d+\.\d+/);
      const isComplete = (said?.gaps as string[] | undefined)?.length === 0;
      expect(isComplete).toBe(scene().runtime === 'node');
    }
  });

  test('the operator’s page is there, and the board of jobs', async () => {
    const [gateway] = scene().gateways;
    const authorization = `Basic ${Buffer.from(`ops:${opsPassword}`).toString('base64')}`;
    expect((await fetch(`${gateway}/ops`)).status).toBe(401);
    for (const [path, text] of [
      ['/ops', 'matchmaker'],
      ['/ops/board', 'Overcookied'],
    ]) {
      const answer = await fetch(`${gateway}${path}`, { headers: { authorization } });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(text);
    }
  });
}
