import type { Recording } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { readRecording } from '@overcookied/shared/match/recording-reader.ts';
import { unpackReplay } from '@overcookied/shared/match/replay.ts';
import { SenselessRecording } from '@overcookied/shared/match/senseless-recording.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Context } from 'hono';
import { RoomId } from './handshake.ts';

interface RecordingParts {
  matches: Valkey;
  records: Valkey;
  log: Logger;
}

/** Answers how the match `roomId` goes, or went. */
export const answerRecording = (parts: RecordingParts) => async (c: Context) => {
  const roomId = RoomId.safeParse(c.req.param('roomId')).data;
  if (roomId === undefined) {
    return c.json({ error: 'a match is named by 1 to 64 letters, digits, - or _' }, 400);
  }
  const recording = await findRecording(parts, roomId);
  if (!recording) {
    return c.json(
      { error: 'there is no such match; how one went is kept for 30 days, practice for minutes' },
      404,
    );
  }
  // Practice is gone in a moment.
  const isKept = recording.over && recording.mode !== 'practice';
  c.header('Cache-Control', isKept ? 'public, max-age=3600' : 'no-store');
  return c.json(recording);
};

/**
 * What the match itself has kept or, when that is gone or cannot be read just now, what was kept with its result.
 *
 * @throws SenselessRecording when there is but one that makes no sense, Error when Valkey cannot be reached
 */
async function findRecording(
  { matches, records, log }: RecordingParts,
  roomId: string,
): Promise<Recording | undefined> {
  const warn = (error: unknown) => {
    if (!(error instanceof SenselessRecording)) return;
    log.warn({ room: roomId, reason: error.message }, 'a recording that makes no sense');
  };
  let failure: unknown;
  try {
    const recording = await readRecording(matches, roomId);
    if (recording) return recording;
  } catch (error) {
    warn(error);
    failure = error;
  }
  try {
    const replay = await records.getBuffer(keys.replay(roomId));
    if (replay !== null) return unpackReplay(replay);
  } catch (error) {
    warn(error);
    failure ??= error;
  }
  if (failure) throw failure;
  return undefined;
}
