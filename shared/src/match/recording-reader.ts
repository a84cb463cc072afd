import type { Recording } from '../api.ts';
import { keys } from '../keys.ts';
import type { Valkey } from '../valkey.ts';
import { parseRecording } from './recording.ts';
import { makeSense, SenselessRecording } from './senseless-recording.ts';

/**
 * How a match has gone, as long as Valkey has it.
 *
 * @returns undefined when there is no such match (any more), or an older version began it, which kept nothing
 * @throws SenselessRecording when what is kept makes no sense, Error when Valkey cannot be reached
 */
export async function readRecording(valkey: Valkey, roomId: string): Promise<Recording | undefined> {
  // Not in one step, nor need it be: of a match that is on nobody knows at which moment it was read.
  const [hash, steps, goldens] = await Promise.all([
    valkey.hgetall(keys.game(roomId)),
    valkey.getBuffer(keys.gameSteps(roomId)),
    valkey.get(keys.gameGoldens(roomId)),
  ]).catch((error: Error) => {
    // What Valkey has there is something else; any other trouble, such as that it is loading, passes.
    const isOther = error.message.startsWith('WRONGTYPE');
    throw isOther ? new SenselessRecording(error.message, { cause: error }) : error;
  });
  return makeSense(() => parseRecording(roomId, { hash, steps, goldens }));
}
