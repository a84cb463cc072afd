import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configFor } from './front-door.ts';

const config = readFileSync(new URL('../../haproxy/haproxy.cfg', import.meta.url), 'utf8');
const ports = { players: 1, operators: 2, gateways: [31, 32] };

test("only addresses differ from Compose's configuration", () => {
  const lines = configFor(config, ports).split('\n');
  const others = lines.filter((line) => !config.split('\n').includes(line));
  const servers = ['    server gateway-31 127.0.0.1:31', '    server gateway-32 127.0.0.1:32'];
  expect(others).toEqual(['    bind 127.0.0.1:1', ...servers, ...servers, '    bind 127.0.0.1:2']);
});

test('a configuration that has changed is not taken for what it was', () => {
  expect(() => configFor(config.replace('bind :8080', 'bind :80'), ports)).toThrow(/0 times instead of 1/);
});
