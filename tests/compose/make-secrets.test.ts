import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../dev/system/command.ts';
import { readSources } from './check/sources.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-secrets-'));
  await mkdir(join(dir, 'valkey'));
  await mkdir(join(dir, 'players'));
  const script = readSources()['compose/make-secrets.sh'].replaceAll('/secrets/', `${dir}/`);
  await writeFile(join(dir, 'make-secrets.sh'), script);
});

afterEach(() => rm(dir, { recursive: true }));

const make = (given: Record<string, string> = {}) =>
  runCommand('sh', [join(dir, 'make-secrets.sh')], {
    env: { PATH: process.env.PATH, VALKEY_PASSWORD: '', JWT_SECRET: '', ...given },
  });
const read = (path: string) => readFile(join(dir, path), 'utf8');

test('makes secrets, and keeps them', async () => {
  await make();
  const password = (await read('valkey/password')).trim();
  expect(password).toMatch(/^[0-9a-f]{64}$/);
  expect(await read('valkey/valkey.conf')).toBe(`requirepass ${password}\n`);
  expect(await read('valkey/service.env')).toBe(`VALKEY_URL=valkey://:${password}@valkey:6379\n`);
  const players = await read('players/service.env');
  expect(players).toMatch(/^JWT_SECRET=[0-9a-f]{64}\n$/);
  expect(players).not.toContain(password);
  const before = await stat(join(dir, 'valkey/service.env'));
  await make();
  expect(await read('players/service.env')).toBe(players);
  // Hot reload starts whoever reads it anew.
  expect((await stat(join(dir, 'valkey/service.env'))).ino).toBe(before.ino);
});

test('takes what is given instead, and keeps that', async () => {
  await make();
  const given = {
    VALKEY_PASSWORD: 'a_password',
    JWT_SECRET: 'a-key-of-the-players-0123456789+=,and-the-one-before-it-0123456789_',
  };
  await make(given);
  expect(await read('valkey/valkey.conf')).toBe('requirepass a_password\n');
  await make();
  expect(await read('valkey/service.env')).toBe('VALKEY_URL=valkey://:a_password@valkey:6379\n');
  expect(await read('players/service.env')).toBe(`JWT_SECRET=${given.JWT_SECRET}\n`);
});

test.each(['two words', 'a@b', "it's", 'a#b', 'a/b', 'a,b', 'two\nlines'])('refuses %j', async (password) => {
  await make();
  const before = await read('valkey/service.env');
  await expect(make({ VALKEY_PASSWORD: password })).rejects.toThrow('VALKEY_PASSWORD may have letters');
  expect(await read('valkey/service.env')).toBe(before);
});
