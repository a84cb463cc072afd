import { access } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { basePort, servicesFrom } from './services.ts';

describe('servicesFrom', () => {
  test('names scripts that are there, each on a port of its own', async () => {
    const services = servicesFrom(9_000);
    expect(services.map(({ port }) => port).sort()).toEqual([9_000, 9_001, 9_002, 9_003, 9_004]);
    await Promise.all(services.map(({ script }) => access(script)));
  });

  test('tells the practice service where a gateway is', () => {
    const services = servicesFrom(9_000);
    const url = services.find(({ name }) => name === 'practice')?.env?.GATEWAY_URL;
    const gateway = services.find(({ name }) => name === 'gateway-1');
    expect(url).toBe(`http://127.0.0.1:${gateway?.port}`);
  });
});

describe('basePort', () => {
  test('leaves room for all services', () => {
    const most = 65_536 - servicesFrom(1).length;
    expect(basePort({})).toBe(8_080);
    expect(basePort({ PORT: String(most) })).toBe(most);
    for (const PORT of [String(most + 1), '0', '-1', '80.5', 'http']) {
      expect(() => basePort({ PORT })).toThrow(
        `PORT must be a whole number from 1 to ${most}, and is ${PORT}.`,
      );
    }
  });
});
