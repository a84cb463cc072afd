/** Whether the leaderboards say what the players' totals say. */
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Difference } from './difference.ts';
import { readPlayer } from './recorded-player.ts';

const weekField = 'week:';

/** A leaderboard, and which field of a player it shows. */
export interface Board {
  name: string;
  field: string;
}

const alltime: Board = { name: 'alltime', field: 'points' };
const rating: Board = { name: 'rating', field: 'rating' };
const weekly = (label: string): Board => ({ name: `weekly:${label}`, field: weekField + label });

/**
 * The boards that there are.
 *
 * @param oldestWeek label of the oldest week whose board is kept
 */
export async function readBoards(records: Valkey, oldestWeek: string): Promise<Board[]> {
  const [prefix = ''] = keys.leaderboard('weekly:*').split('*');
  const labels = new Set<string>();
  for await (const found of scan(records, `${prefix}*`))
    for (const key of found) labels.add(key.slice(prefix.length));
  return [
    alltime,
    rating,
    ...[...labels]
      .filter((label) => label >= oldestWeek)
      .sort()
      .map(weekly),
  ];
}

/** The boards that a player with these fields is to be on. */
export function boardsOf(fields: ReadonlyMap<string, string>, oldestWeek: string): Board[] {
  const labels = [...fields.keys()]
    .filter((field) => field.startsWith(weekField))
    .map((field) => field.slice(weekField.length));
  return [alltime, rating, ...labels.filter((label) => label >= oldestWeek).map(weekly)].filter(({ field }) =>
    fields.has(field),
  );
}

/** What these boards say of a player, in their order. */
export function readScores(records: Valkey, boards: Board[], playerId: string): Promise<(string | null)[]> {
  return Promise.all(boards.map(({ name }) => records.zscore(keys.leaderboard(name), playerId)));
}

/** What of a board is not the player's total; read anew. */
export async function boardDifference(
  records: Valkey,
  { name, field }: Board,
  playerId: string,
): Promise<Difference | undefined> {
  const { fields } = await readPlayer(records, playerId);
  const found = (await records.zscore(keys.leaderboard(name), playerId)) ?? undefined;
  const expected = fields.get(field);
  if (isSame(found, expected)) return undefined;
  const how = fields.size > 0 ? `the player's ${field}` : 'there is no such player';
  return { player: playerId, field: `board ${name}`, found, expected, how };
}

export const isSame = (score: string | null | undefined, total: string | null | undefined): boolean =>
  (score ?? undefined) === undefined || (total ?? undefined) === undefined
    ? (score ?? undefined) === (total ?? undefined)
    : Number(score) === Number(total);

/** All entries of a board, some at a time: player id and score. An entry may come twice. */
export async function* boardEntries(
  records: Valkey,
  { name }: Board,
  atOnce: number,
): AsyncGenerator<[playerId: string, score: string][]> {
  let cursor = '0';
  do {
    const [next, flat] = await records.zscan(keys.leaderboard(name), cursor, 'COUNT', atOnce);
    cursor = next;
    yield Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? '', flat[2 * i + 1] ?? '']);
  } while (cursor !== '0');
}

/** All keys that match, some at a time. A key may come twice. */
export async function* scan(records: Valkey, pattern: string, atOnce = 1_000): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, found] = await records.scan(cursor, 'MATCH', pattern, 'COUNT', atOnce);
    cursor = next;
    if (found.length > 0) yield found;
  } while (cursor !== '0');
}
