import { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { historyKept } from '../results.ts';

const readScript = new Script<[string[], string[]]>(
  'audit_read_player',
  [new URL('read-player.lua', import.meta.url)],
  2,
);

/** All that is recorded of a player, of one moment. */
export interface RecordedPlayer {
  id: string;
  /** The player's hash. */
  fields: ReadonlyMap<string, string>;
  /** The latest matches, newest first; undefined stands for one that cannot be read. */
  games: (HistoryGame | undefined)[];
}

export async function readPlayer(records: Valkey, id: string): Promise<RecordedPlayer> {
  const [flat, entries] = await readScript.run(records, [keys.player(id), keys.history(id)]);
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(flat[i] ?? '', flat[i + 1] ?? '');
  return { id, fields, games: entries.map(readGame) };
}

function readGame(entry: string): HistoryGame | undefined {
  try {
    return HistoryGame.parse(JSON.parse(entry));
  } catch {
    return undefined;
  }
}

/** How far the history and the sums beside it account for the player's totals. */
export type Provenance =
  /** Match by match from the first one on. */
  | 'whole'
  /** From some match on; what an older version had recorded before is taken from the totals. */
  | 'adopted'
  /** Not at all: an older version has recorded more matches than the history lists, and kept no sums. */
  | 'unknown';

export function provenanceOf({ fields, games }: RecordedPlayer): Provenance {
  if (Number(fields.get('olderAdopted') ?? 0) > 0) return 'adopted';
  const isMissing = !fields.has('olderMatches') && games.length >= historyKept;
  return isMissing && Number(fields.get('matches')) > games.length ? 'unknown' : 'whole';
}
