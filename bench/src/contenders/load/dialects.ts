/** How players talk to what is measured: as little is read of what they are told as tells which clicks arrived. */
import type { Role } from '@overcookied/shared/protocol.ts';

/** What one player does and is told. */
interface Dialect {
  /** Whether the frame says that the match is on. */
  isStart(frame: string): boolean;
  /**
   * How many of the opponent's clicks a player has seen.
   *
   * @param role the player's own
   * @param seen how many until this frame came
   */
  seen(frame: string, role: Role, seen: number): number;
}

export type DialectName = 'overcookied' | 'floor';

export const dialects: Record<DialectName, Dialect> = {
  overcookied: {
    isStart: (frame) => frame.startsWith('{"type":"GAME_START"'),
    seen: (frame, role, seen) => {
      if (frame.startsWith('{"type":"OPPONENT_CLICK"')) return seen + (numberAfter(frame, '"count":') ?? 0);
      // Nobody claims a golden cookie here, so that the score is how many clicks counted.
      if (frame.startsWith('{"type":"UPDATE"'))
        return Math.max(seen, numberAfter(frame, role === 'p1' ? '"p2Score":' : '"p1Score":') ?? 0);
      return seen;
    },
  },
  floor: {
    isStart: (frame) => frame === 'joined',
    // The opponent's frame, as it was sent.
    seen: (frame, _role, seen) => Math.max(seen, numberAfter(frame, '"seq":') ?? 0),
  },
};

/** A player's click number `seq`, as both understand it. */
export const clickFrame = (seq: number): string => `{"type":"CLICK","payload":{"seq":${seq},"count":1}}`;

function numberAfter(frame: string, name: string): number | undefined {
  const at = frame.indexOf(name);
  return at < 0 ? undefined : Number.parseInt(frame.slice(at + name.length, at + name.length + 16), 10);
}
