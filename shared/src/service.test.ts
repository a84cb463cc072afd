import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

/** Runs a service that starts or stops as these functions do. */
function run(start: string) {
  const module = fileURLToPath(new URL('service.ts', import.meta.url));
  const script = `
    const { runService } = await import(${JSON.stringify(module)});
    setInterval(() => {}, 1_000);
    const log = { info() {}, debug() {}, error: (_, text) => process.stderr.write(text + '\\n') };
    const never = () => new Promise(() => {});
    setTimeout(() => console.log('runs'), 100);
    await runService('test', ${start});
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('whether it starts or stops for ever, a service ends when it is asked to', {
  timeout: 30_000,
}, async () => {
  const ends = ['never', 'async () => ({ log, stop: never })'].map(async (start) => {
    const child = run(start);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    return [...(await once(child, 'exit')), said];
  });
  expect(await Promise.all(ends)).toEqual([
    [1, null, 'test: stopping took longer than 10000 ms, giving up\n'],
    [1, null, 'stopping took too long, giving up\n'],
  ]);
});
