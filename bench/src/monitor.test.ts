import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../tests/support/eventually.ts';
import { testValkey } from '../../tests/support/valkey.ts';
import { monitor } from './monitor.ts';

test('tells of commands in order, those of a script behind its call, however busy Valkey is', async () => {
  const valkey = await testValkey();
  let isOver = false;
  const busy = (async () => {
    while (!isOver) await Promise.all(Array.from({ length: 200 }, () => valkey.incr('count')));
  })();
  const seen: string[][] = [];
  for (let i = 0; i < 20; i++) {
    const stop = await monitor(valkey, (command, source) => {
      if (!command.includes('count')) seen.push([source, ...command]);
    });
    onTestFinished(stop);
    if (i < 19) stop();
  }
  await valkey.set('a "quoted"\n key', 'value');
  await valkey.eval("return redis.call('SET', KEYS[1], 'x')", 1, 'by a script');
  isOver = true;
  await busy;
  const ours = () => seen.filter((command) => command.some((part) => /quoted|by a script/.test(part)));
  await eventually(() => ours().length === 3);
  const [set, script, inScript] = ours();
  expect(set?.slice(1)).toEqual(['set', String.raw`a \"quoted\"\n key`, 'value']);
  expect(script?.slice(1)).toEqual(['eval', expect.any(String), '1', 'by a script']);
  expect(inScript).toEqual(['lua', 'SET', 'by a script', 'x']);
  expect(set?.[0]).toBe(script?.[0]);
});
