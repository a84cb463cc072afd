import type { Recording } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { readRecording } from '@overcookied/shared/match/recording-reader.ts';
import { unpackReplay } from '@overcookied/shared/match/replay.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Context } from 'hono';
import { RoomId } from './handshake.ts';

/** Answers how the match `roomId` goes, or went. */
export const answerRecording = (matches: Valkey, records: Valkey) => async (c: Context) => {
  const roomId = RoomId.safeParse(c.req.param('roomId')).data;
  if (roomId === undefined) {
    return c.json({ error: 'a match is named by 1 to 64 letters, digits, - or _' }, 400);
  }
  const recording = await findRecording(matches, records, roomId);
  if (!recording) {
    return c.json(
      { error: 'there is no such match; how one went is kept for 30 days, practice for minutes' },
      404,
    );
  }
  c.header('Cache-Control', recording.over ? 'public, max-age=3600' : 'no-store');
  return c.json(recording);
};

/** What the match itself has kept or, when that is gone, what was kept with its result. */
async function findRecording(
  matches: Valkey,
  records: Valkey,
  roomId: string,
): Promise<Recording | undefined> {
  const recording = await readRecording(matches, roomId);
  if (recording) return recording;
  const replay = await records.getBuffer(keys.replay(roomId));
  return replay === null ? undefined : unpackReplay(replay);
}
