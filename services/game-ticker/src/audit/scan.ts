/** Reads what may be very long, some at a time. */
import { keys } from '@overcookied/shared/keys.ts';
import { primaries, type Valkey } from '@overcookied/shared/valkey.ts';

/** About so many are read at once. */
export const playersAtOnce = 250;

/**
 * The ids of all keys of a kind. An id may come twice.
 *
 * @param keyOf makes an id's key
 */
export async function* scan(records: Valkey, keyOf: (id: string) => string): AsyncGenerator<string[]> {
  const [before = '', after = ''] = keyOf('*').split('*');
  for (const node of primaries(records)) {
    let cursor = '0';
    do {
      const [next, found] = await node.scan(cursor, 'MATCH', keyOf('*'), 'COUNT', playersAtOnce);
      cursor = next;
      yield found.map((key) => key.slice(before.length, key.length - after.length));
    } while (cursor !== '0');
  }
}

/** The ids of all players on a leaderboard. An id may come twice. */
export async function* scanBoard(records: Valkey, name: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, flat] = await records.zscan(keys.leaderboard(name), cursor, 'COUNT', playersAtOnce);
    cursor = next;
    yield flat.filter((_, i) => i % 2 === 0);
  } while (cursor !== '0');
}
