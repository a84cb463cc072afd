import { fileURLToPath } from 'node:url';

/** What belongs to this checkout on this machine: fetched programs, data, a secret. git ignores it. */
export const localFolder = fileURLToPath(new URL('../../.overcookied', import.meta.url));
