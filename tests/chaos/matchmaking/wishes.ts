import type { Connection, Frame, Story } from './story.ts';

/** A player's unbroken wish for a match, as the player sees it. */
export interface Wish {
  player: string;
  /** Whoever else has the same is a partner: `ranked`, `code …` or `rematch of …`. */
  kind: string;
  /** The frame that asked. */
  asked: Frame;
  /** When it was met, taken back, refused, replaced or broken by the end of the connection, in ms. */
  until: number;
}

/** What may be said to somebody who waits without ending that: it answers something else. */
const harmless = new Set([
  'not_in_match',
  'not_started',
  'match_over',
  'no_golden_cookie',
  'too_fast',
  'too_many_gaps',
]);
/** The same refusal is told once in so many ms. */
const refusalEveryMs = 1_000;

/** All wishes of a history. */
export function wishesOf(story: Story): Wish[] {
  return story.allConnections.flatMap((connection) => wishesBy(story, connection));
}

function wishesBy(story: Story, connection: Connection): Wish[] {
  const { player, until } = connection;
  const wishes: Wish[] = [];
  let wish: Wish | undefined;
  // What a player asks in a match is refused, unless it ends just then: such wishes are nobody's to rely on.
  let isIn = false;
  let refusedAt = Number.NEGATIVE_INFINITY;
  const end = (at: number) => {
    if (wish) wish.until = at;
    wish = undefined;
  };
  const begin = (asked: Frame, kind: string | undefined) => {
    if (isIn || wish?.kind === kind) return;
    end(asked.at);
    if (!kind) return;
    wish = { player, kind, asked, until };
    wishes.push(wish);
  };
  for (const frame of connection.frames) {
    if (frame.at > until) break;
    switch (frame.type) {
      case 'JOIN_QUEUE':
        begin(frame, frame.payload.mode === 'private' ? `code ${frame.payload.code}` : 'ranked');
        break;
      case 'REMATCH':
        // Refused once more, it might not be told.
        begin(frame, frame.at - refusedAt > refusalEveryMs ? rematchOf(story, frame) : undefined);
        break;
      case 'LEAVE_QUEUE':
        end(frame.at);
        break;
      case 'GAME_START':
        end(frame.at);
        isIn = true;
        break;
      case 'GAME_OVER':
        isIn = false;
        break;
      case 'ERROR':
        if (frame.payload.code === 'no_rematch') refusedAt = frame.at;
        if (!harmless.has(frame.payload.code)) end(frame.at);
    }
  }
  return wishes;
}

/** Of the latest match that the player was told of. */
function rematchOf(story: Story, { player, at }: Frame): string | undefined {
  const latest = story.framesOf(player).findLast((frame) => frame.type === 'GAME_START' && frame.at < at);
  return latest && `rematch of ${latest.payload.roomId}`;
}
