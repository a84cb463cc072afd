/** What each peer is told by whoever starts it: `VALKEY_URL` and `PORT`. */
const { VALKEY_URL, PORT } = process.env;
if (!VALKEY_URL || !PORT) throw new Error('VALKEY_URL and PORT must be set');

/** In the words of clients made for Redis. */
export const valkeyUrl = VALKEY_URL.replace(/^valkey:/, 'redis:');
export const port = Number(PORT);
