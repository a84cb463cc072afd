import type { Connection, Frame, Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'whoever has left the queue is not in it, and is put into no match';
/** A pair that is made is told so soon, in ms, if no matchmaker fails; on a machine with two busy cores. */
const onItsWayMs = 1_000;

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

/** Frames are dealt with in order: when what was sent after the leaving is answered, the player has left. */
function afterLeaving(story: Story, { player, frames }: Connection, leave: Frame): Violation[] {
  const place = frames.indexOf(leave);
  // An older connection's ticket is not for this one to take back.
  if (!frames.slice(0, place).some(asksForMatch)) return [];
  const later = frames.slice(place + 1);
  const quit = later.findIndex(({ kind, type }) => kind === 'sent' && type === 'QUIT_GAME');
  const answer = quit < 0 ? undefined : later.slice(quit).find(isAnswer);
  if (!answer) return [];
  const asked = story.framesOf(player).find((frame) => frame.at >= leave.at && asksForMatch(frame));
  const askedAt = asked?.at ?? Number.POSITIVE_INFINITY;
  return [...stillWaiting(story, [leave, answer], askedAt), ...putIntoMatch(story, [leave, answer], askedAt)];
}

function stillWaiting({ tickets }: Story, [leave, answer]: [Frame, Frame], askedAt: number): Violation[] {
  const { player } = leave;
  const seen = tickets.find((each) => each.player === player && each.at >= answer.at && each.at < askedAt);
  if (!seen || seen.ticket === '' || seen.ticket.startsWith('@')) return [];
  return [{ rule, what: `${player} still waits`, excerpt: [leave, answer, seen] }];
}

/**
 * A match that was on its way as the player left may still come: it has the same time as any that is on its way. What
 * comes later was made for somebody who did not wait any more.
 */
function putIntoMatch(story: Story, [leave, answer]: [Frame, Frame], askedAt: number): Violation[] {
  const { player } = leave;
  const deadline = story.deadline(answer.at, onItsWayMs);
  const start = story
    .framesOf(player)
    .find(
      (frame) =>
        frame.at > deadline && frame.at < askedAt && frame.type === 'GAME_START' && isFirst(story, frame),
    );
  if (!start) return [];
  const what = `${player} is in ${start.payload.roomId} without having asked again`;
  return [{ rule, what, excerpt: [leave, answer, start] }];
}

/** Not a return to a match of which the player knows. */
const isFirst = (story: Story, start: Frame): boolean =>
  story.rooms.get(start.payload.roomId)?.starts.find(({ player }) => player === start.player) === start;
