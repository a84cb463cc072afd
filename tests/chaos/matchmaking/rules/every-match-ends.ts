import { type Connection, endedAt, type Frame, type Room, type Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'every match ends, and whoever is connected is told how';

export function everyMatchEnds(story: Story): Violation[] {
  return [...story.rooms.values()]
    .flatMap((room) => [...ends(room), ...told(story, room)])
    .concat(lost(story));
}

function ends({ id, game, starts }: Room): Violation[] {
  const excerpt = starts.slice(0, 1);
  if (!game) return [{ rule, what: `${id} is not in Valkey`, excerpt }];
  if (game.phase !== 'over') return [{ rule, what: `${id} is still on in the end`, excerpt }];
  const isWinner = [game.p1, game.p2, 'draw'].includes(game.winner);
  return isWinner ? [] : [{ rule, what: `${id} was won by ${game.winner}, who was not in it`, excerpt }];
}

function told(story: Story, { id, game, starts, overs }: Room): Violation[] {
  if (game?.phase !== 'over') return [];
  const violations = overs
    .filter(({ payload: { winner, p1Score, p2Score } }) =>
      [winner !== game.winner, p1Score !== Number(game.p1Score), p2Score !== Number(game.p2Score)].some(
        Boolean,
      ),
    )
    .map((over): Violation => {
      const { winner, p1Score, p2Score } = game;
      return {
        rule,
        what: `${id} ended ${p1Score}:${p2Score}, won by ${winner}: not as told`,
        excerpt: [over],
      };
    });
  // Long enough for the event to come, and for whoever makes up for a dead matchmaker to tell of the match at all.
  const deadline = story.deadline(endedAt(game));
  for (const player of [game.p1 ?? '', game.p2 ?? '']) {
    for (const connection of story.connections.get(player) ?? []) {
      if (!isThere(connection, endedAt(game), deadline)) continue;
      if (overs.some((over) => over.player === player && over.connection === connection.number)) continue;
      const own = starts.filter((start) => start.player === player && start.connection === connection.number);
      const what = `${player}, on connection ${connection.number}, is not told that ${id} is over`;
      violations.push({ rule, what, excerpt: own.slice(-1) });
    }
  }
  return violations;
}

const isThere = ({ openAt, until }: Connection, from: number, to: number): boolean =>
  openAt !== undefined && openAt < from && until > to;

/** Valkey has lost nothing in these runs, so nobody is to be told so. */
function lost(story: Story): Violation[] {
  const isLost = ({ kind, type, payload }: Frame) =>
    kind === 'told' && type === 'ERROR' && payload.code === 'match_lost';
  return story.allConnections
    .flatMap(({ frames }) => frames.filter(isLost))
    .map((frame) => ({ rule, what: `${frame.player} is told of a match that was lost`, excerpt: [frame] }));
}
