import type { Connection, Frame, Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'whoever has left the queue is put into no match';

const asksForMatch = ({ kind, type }: Frame) =>
  kind === 'sent' && (type === 'JOIN_QUEUE' || type === 'REMATCH');

/** Whether this answers a `QUIT_GAME`. */
const isAnswer = ({ kind, type, payload }: Frame) =>
  kind === 'told' && (type === 'GAME_OVER' || (type === 'ERROR' && payload.code === 'not_in_match'));

export function leaving(story: Story): Violation[] {
  return story.allConnections.flatMap((connection) => {
    const leaves = connection.frames.filter(({ kind, type }) => kind === 'sent' && type === 'LEAVE_QUEUE');
    return leaves.flatMap((leave) => afterLeaving(story, connection, leave));
  });
}

/**
 * A match that was on its way as the player left may still come: it has the same time as any that is on its way. What
 * comes later was made for somebody who did not wait any more.
 */
function afterLeaving(story: Story, { player, frames }: Connection, leave: Frame): Violation[] {
  const later = frames.slice(frames.indexOf(leave) + 1);
  const quit = later.findIndex(({ kind, type }) => kind === 'sent' && type === 'QUIT_GAME');
  const answer = quit < 0 ? undefined : later.slice(quit).find(isAnswer);
  if (!answer) return [];
  const all = story.framesOf(player);
  const asked =
    all.find((frame) => frame.at >= leave.at && asksForMatch(frame))?.at ?? Number.POSITIVE_INFINITY;
  const deadline = story.deadline(answer.at);
  const start = all.find(
    (frame) =>
      frame.at > deadline && frame.at < asked && frame.type === 'GAME_START' && isFirst(story, frame),
  );
  if (!start) return [];
  const what = `${player} is in ${start.payload.roomId} without having asked again`;
  return [{ rule, what, excerpt: [leave, answer, start] }];
}

/** Not a return to a match of which the player knows. */
const isFirst = (story: Story, start: Frame): boolean =>
  story.rooms.get(start.payload.roomId)?.starts.find(({ player }) => player === start.player) === start;
