import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { CommandError, command, commandLine } from './command.ts';

test.each(['plain', 'a b', "it's", '$HOME `id` "x"', '<revision>', '', 'a\\b', '*', '--tag=a:b', 'ä'])(
  'a shell takes %j as it is',
  (word) => {
    const line = commandLine(command('printf', '%s.', word));
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${word}.`);
  },
);

test('variables come first', () => {
  expect(commandLine({ ...command('terraform', 'init'), env: { TF_DATA_DIR: 'a b' } })).toBe(
    "TF_DATA_DIR='a b' terraform init",
  );
});

test('a failure says the last words of the command', () => {
  const words = Array.from({ length: 9 }, (_, line) => `line ${line}`).join('\n');
  const { message } = new CommandError(command('docker', 'push', 'x'), 'exit code 1', words);
  expect(message).toBe('docker push x: exit code 1\nline 4\nline 5\nline 6\nline 7\nline 8');
});
