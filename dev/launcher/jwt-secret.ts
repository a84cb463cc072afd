import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret that this checkout's gateways sign their tokens with, made when there is none yet. It is kept, so
 * that a player's token is still good after a restart.
 *
 * @param folder where it is kept
 */
export async function readJwtSecret(folder: string): Promise<string> {
  const path = join(folder, 'jwt-secret');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(32).toString('base64url');
  await mkdir(folder, { recursive: true });
  // An interrupted write must not leave an empty secret behind, which anyone could sign with.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, secret, { mode: 0o600 });
  await rename(draft, path);
  return secret;
}
