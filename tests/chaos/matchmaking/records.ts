import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { ResultEntry } from '../history.ts';
import type { Records } from './history.ts';

const matchmaking = 'overcookied:{matchmaking}';

/** Everything that Valkey has of the matches, the players and the queue. */
export async function readRecords(valkey: Valkey): Promise<Records> {
  const list = async (key: string): Promise<ResultEntry[]> =>
    (await valkey.lrange(key, 0, '-1')).map((json) => JSON.parse(json));
  const [games, results, players, presences, tickets, queue, pending] = await Promise.all([
    byId(valkey, 'overcookied:game:', (key) => valkey.hgetall(key)),
    byId(valkey, 'overcookied:history:', list),
    byId(valkey, 'overcookied:player:', (key) => valkey.hgetall(key)),
    byId(valkey, 'overcookied:presence:', (key) => valkey.hgetall(key)),
    valkey.hgetall(`${matchmaking}:tickets`),
    valkey.zrange(`${matchmaking}:queue`, 0, '-1'),
    valkey.hgetall(`${matchmaking}:pending`),
  ]);
  return { games, results, players, presences, tickets, queue, pending };
}

/** What is under every key of this kind, by the id in its braces. */
async function byId<T>(
  valkey: Valkey,
  prefix: string,
  read: (key: string) => Promise<T>,
): Promise<Record<string, T>> {
  const keys = await valkey.keys(`${prefix}{*}`);
  const entries = keys.map(async (key) => [key.slice(prefix.length + 1, -1), await read(key)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
