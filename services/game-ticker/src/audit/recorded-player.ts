import { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

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
  /** The latest matches, newest first. */
  games: HistoryGame[];
  /** Entries of the history that are no matches. */
  unreadable: string[];
}

export async function readPlayer(records: Valkey, id: string): Promise<RecordedPlayer> {
  const [flat, entries] = await readScript.run(records, [keys.player(id), keys.history(id)]);
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(flat[i] ?? '', flat[i + 1] ?? '');
  const games: HistoryGame[] = [];
  const unreadable: string[] = [];
  for (const entry of entries) {
    try {
      games.push(HistoryGame.parse(JSON.parse(entry)));
    } catch {
      unreadable.push(entry);
    }
  }
  return { id, fields, games, unreadable };
}
