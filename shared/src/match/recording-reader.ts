import type { Recording } from '../api.ts';
import { keys } from '../keys.ts';
import type { Valkey } from '../valkey.ts';
import { parseRecording } from './recording.ts';

/**
 * How a match has gone, as long as Valkey has it.
 *
 * @returns undefined when there is no such match (any more), or an older version began it, which kept nothing
 * @throws Error when Valkey cannot be reached, ReplyError or another Error when what is kept makes no sense
 */
export async function readRecording(valkey: Valkey, roomId: string): Promise<Recording | undefined> {
  // Not in one step, nor need it be: of a match that is on nobody knows at which moment it was read.
  const [hash, steps, goldens] = await Promise.all([
    valkey.hgetall(keys.game(roomId)),
    valkey.getBuffer(keys.gameSteps(roomId)),
    valkey.get(keys.gameGoldens(roomId)),
  ]);
  return parseRecording(roomId, { hash, steps, goldens });
}
