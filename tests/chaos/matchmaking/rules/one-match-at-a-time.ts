import { createdAt, endedAt, type Frame, type Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'nobody is in two matches at once';
/** So far apart may this process's clock and Valkey's be, in ms. */
const clockSlackMs = 20;

/** As the players were told, and as Valkey says. */
export function oneMatchAtATime(story: Story): Violation[] {
  const players = [...story.connections.keys()];
  return [...players.flatMap((player) => asTold(story, player)), ...asStored(story)];
}

function asTold(story: Story, player: string): Violation[] {
  const violations: Violation[] = [];
  /** The first `GAME_START` of each room, and when that room ended for this player. */
  const told = new Map<string, { start: Frame; end: number }>();
  /** By connection: the room that a `GAME_OVER` on it means. */
  const current = new Map<number, string>();
  const overs = new Map<string, Frame>();
  for (const frame of story.framesOf(player).filter(({ kind }) => kind === 'told')) {
    if (frame.type === 'GAME_OVER') {
      const room = current.get(frame.connection) ?? '';
      const known = told.get(room);
      if (known) known.end = Math.min(known.end, frame.at);
      overs.set(room, frame);
      current.delete(frame.connection);
    }
    if (frame.type !== 'GAME_START') continue;
    const { roomId, resumed } = frame.payload;
    current.set(frame.connection, roomId);
    for (const [room, { start, end }] of told) {
      if (room === roomId || frame.at >= end - clockSlackMs) continue;
      const what = `${player} is told of ${roomId} while in ${room}`;
      violations.push({ rule, what, excerpt: [start, frame] });
    }
    const over = overs.get(roomId);
    // Whoever comes back at the end may be told of it once more, but then as of what they know.
    if (over && !resumed) {
      violations.push({
        rule,
        what: `${player} is told anew of ${roomId}, which is over`,
        excerpt: [over, frame],
      });
    }
    if (!told.has(roomId)) {
      const game = story.rooms.get(roomId)?.game;
      told.set(roomId, { start: frame, end: game ? endedAt(game) : Number.POSITIVE_INFINITY });
    }
  }
  return violations;
}

function asStored(story: Story): Violation[] {
  const games = Object.entries(story.records.games).sort(([, a], [, b]) => createdAt(a) - createdAt(b));
  const latest = new Map<string, { room: string; end: number }>();
  const violations: Violation[] = [];
  for (const [room, game] of games) {
    for (const player of [game.p1 ?? '', game.p2 ?? '']) {
      const before = latest.get(player);
      if (before && createdAt(game) < before.end) {
        const starts = [before.room, room].flatMap((id) => story.rooms.get(id)?.starts.slice(0, 1) ?? []);
        const what = `${player} is in ${room} from before ${before.room} ended, as Valkey has it`;
        violations.push({ rule, what, excerpt: starts });
      }
      latest.set(player, { room, end: Math.max(before?.end ?? 0, endedAt(game)) });
    }
  }
  return violations;
}
