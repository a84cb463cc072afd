/** Which leaderboards there are, and whether they say what the players' totals say. */
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Difference } from './difference.ts';
import { scan } from './scan.ts';

/** Before the label of a week: a player's points of that week. */
export const weekField = 'week:';

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
  const labels = new Set<string>();
  for await (const found of scan(records, (label) => keys.leaderboard(`weekly:${label}`)))
    for (const label of found) if (label >= oldestWeek) labels.add(label);
  return [alltime, rating, ...[...labels].sort().map(weekly)];
}

/** The boards that a player with these fields is to be on. */
export function boardsOf(fields: ReadonlyMap<string, string>, oldestWeek: string): Board[] {
  const weeks = [...fields.keys()]
    .filter((field) => field.startsWith(weekField))
    .map((field) => field.slice(weekField.length))
    .filter((label) => label >= oldestWeek);
  return [alltime, rating, ...weeks.map(weekly)].filter(({ field }) => fields.has(field));
}

/** What of a board is not the player's total. */
export async function boardDifference(
  records: Valkey,
  { name, field }: Board,
  playerId: string,
): Promise<Difference | undefined> {
  const [total, found] = await Promise.all([
    records.hget(keys.player(playerId), field),
    records.zscore(keys.leaderboard(name), playerId),
  ]);
  const isSame = total === null || found === null ? total === found : Number(total) === Number(found);
  if (isSame) return undefined;
  const how = (await records.exists(keys.player(playerId)))
    ? `the player's ${field}`
    : 'there is no such player';
  return {
    player: playerId,
    field: `board ${name}`,
    found: found ?? undefined,
    expected: total ?? undefined,
    how,
  };
}
