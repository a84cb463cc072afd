/** What `npm run k8s:secrets` runs: makes the passwords and keys of the local overlay, which are no part of the repository. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exists } from '../dev/system/command.ts';
import { serviceNames, variablesOf } from './check/services.ts';

const key = () => randomBytes(48).toString('base64url');

/**
 * Writes the `secret.env` files of a copy of `k8s/`, as far as they are missing.
 *
 * @returns paths of those that it has written
 */
export async function makeLocalSecrets(folder: string): Promise<string[]> {
  const at = (name: string) => join(folder, 'overlays/local', name, 'secret.env');
  const made: string[] = [];
  const provide = async (name: string, variables: Record<string, string>) => {
    if (await exists(at(name))) return;
    const lines = Object.entries(variables).map(([variable, value]) => `${variable}=${value}\n`);
    await writeFile(at(name), lines.join(''), { mode: 0o600 });
    made.push(at(name));
  };

  await provide('valkey', { VALKEY_PASSWORD: key() });
  const password = await read(at('valkey'), 'VALKEY_PASSWORD');
  // All who sign or check tokens share one key.
  const token =
    (await read(at('gateway'), 'JWT_SECRET')) ?? (await read(at('practice'), 'JWT_SECRET')) ?? key();
  const secrets: Record<string, string> = {
    VALKEY_URL: `valkey://:${password}@valkey:6379`,
    JWT_SECRET: token,
    OPS_PASSWORD: key(),
  };
  for (const service of serviceNames) {
    const own = Object.entries(secrets).filter(([variable]) => variablesOf(service).includes(variable));
    await provide(service, Object.fromEntries(own));
  }
  return made;
}

async function read(path: string, variable: string): Promise<string | undefined> {
  if (!(await exists(path))) return undefined;
  return new RegExp(`^${variable}=(.+)$`, 'm').exec(await readFile(path, 'utf8'))?.[1];
}

if (import.meta.main) {
  const made = await makeLocalSecrets(fileURLToPath(new URL('.', import.meta.url)));
  process.stdout.write(made.length ? `made ${made.join('\n     ')}\n` : 'all secrets are there already\n');
}
