/** Keeps how matches went, beside their results, which never wait for it. */
import { Recording } from '@overcookied/shared/api.ts';
import { issueText } from '@overcookied/shared/issue-text.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { readRecording } from '@overcookied/shared/match/recording-reader.ts';
import { packReplay } from '@overcookied/shared/match/replay.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { SenselessRecording } from '@overcookied/shared/match/senseless-recording.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** For so long after its end it is kept how a match went, in ms. */
const replayKeptMs = 30 * 86_400_000;
/**
 * What a match has kept of how it went stays for so long once the result has it, in ms: until that is recorded, and no
 * longer, since it is four times as large as the rest of a match.
 */
const stillKeptMs = 60_000;

/**
 * The result with how its match went, or without if that makes no sense.
 *
 * @throws Error when Valkey cannot be reached: it is to be tried again
 */
export async function withRecording(valkey: Valkey, result: MatchResult, log: Logger): Promise<MatchResult> {
  try {
    return { ...result, recording: await readRecording(valkey, result.roomId) };
  } catch (error) {
    if (!(error instanceof SenselessRecording)) throw error;
    log.warn(
      { room: result.roomId, reason: error.message },
      'how the match went cannot be read: it will have no replay',
    );
    return result;
  }
}

/** The result has how its match went: the match need not. If Valkey cannot be reached, it keeps it for as long as itself. */
export async function letGoOfRecording(
  valkey: Valkey,
  { roomId, recording }: MatchResult,
  log: Logger,
): Promise<void> {
  if (!recording) return;
  const kept = [keys.gameSteps(roomId), keys.gameGoldens(roomId)];
  try {
    await Promise.all(kept.map((key) => valkey.pexpire(key, stillKeptMs)));
  } catch (error) {
    // The result is handed in: to fail now would be to hand it in once more.
    log.debug(
      { room: roomId, reason: (error as Error).message },
      'a match keeps for longer than it need how it went',
    );
  }
}

/**
 * Keeps how the match went; doing it again changes nothing.
 *
 * @throws ReplyError, Error when Valkey cannot do it: it is to be tried again
 */
export async function keepReplay(records: Valkey, result: MatchResult, log: Logger): Promise<void> {
  const { roomId, recording, endedAt } = result;
  // An older version handed it in, or began the match.
  if (recording === undefined) return;
  const parsed = Recording.safeParse(recording);
  if (!parsed.success) {
    log.warn({ room: roomId, reason: issueText(parsed.error) }, 'not a recording: the match has no replay');
    return;
  }
  await records.set(keys.replay(roomId), packReplay(parsed.data), 'PXAT', endedAt + replayKeptMs);
}
