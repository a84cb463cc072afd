import type { Player } from '../player.ts';
import { type Dialect, numberAfter } from './dialect.ts';

/** How far apart clients come back, in ms: as `ReconnectingSocket` has it for the first try. */
const backWithinMs = 200;

const clicks = (seq: number, count: number) => `{"type":"CLICK","payload":{"seq":${seq},"count":${count}}}`;

/** The client of this system numbers its clicks, and says again which of them were not acknowledged. */
export const overcookied: Dialect = {
  address: (server, { match, token }, isBack) =>
    `ws://${server}/ws?token=${token}${isBack ? `&room=${match}` : ''}`,
  click: (seq) => clicks(seq, 1),
  hear: (data, player) => {
    const frame = data.toString();
    if (frame.startsWith('{"type":"OPPONENT_CLICK"')) {
      player.see(player.seen, player.seen + (numberAfter(frame, '"count":') ?? 0));
    } else if (frame.startsWith('{"type":"UPDATE"')) {
      hearScores(frame, player);
    } else if (frame.startsWith('{"type":"GAME_START"')) {
      player.isOn = true;
      hearScores(frame, player);
    }
    return undefined;
  },
  backAfterMs: backWithinMs / 2,
  catchUp: ({ sent, counted = 0 }) => (sent > counted ? [clicks(sent, sent - counted)] : []),
};

/** Nobody claims a golden cookie here, so that a score is how many clicks counted. */
function hearScores(frame: string, player: Player): void {
  const [own, their] =
    player.seat.role === 'p1' ? ['"p1Score":', '"p2Score":'] : ['"p2Score":', '"p1Score":'];
  const score = numberAfter(frame, their);
  if (score !== undefined && score > player.seen) player.see(player.seen, score);
  player.counted = numberAfter(frame, own) ?? player.counted;
}
