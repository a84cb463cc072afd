import type { FrameOf, ServerFrame } from '@overcookied/shared/protocol.ts';
import type { WatchFrame } from '@overcookied/shared/watch-protocol.ts';

/** What a gateway may send to whoever plays or watches. */
export type AnyFrame = ServerFrame | WatchFrame;

type Update = FrameOf<ServerFrame, 'UPDATE'>['payload'];

/**
 * Fields that tell of something that happened, or whose meaning depends on the frame that they came in: such an
 * `UPDATE` is kept as it is.
 */
const happenings: (keyof Update)[] = ['goldenCookieClaimedBy', 'bonusUntil', 'rematch'];

/** Each of these is worth nothing once there is a newer one. */
const readings: ReadonlySet<AnyFrame['type']> = new Set(['COOKIE_SPAWN', 'QUEUED', 'PONG', 'WATCH_UPDATE']);

/**
 * Frames that wait for a client that does not read. What a newer one tells as well is dropped, so that it is the state
 * of the match that waits and not all the way to it; whatever is told only once is kept, and in order.
 */
export class Outbox {
  readonly #frames: { frame: AnyFrame; bytes: number }[] = [];
  #bytes = 0;

  /** All that waits. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  /** @returns whether a frame that waited has been dropped, since this one tells it too */
  add(frame: AnyFrame): boolean {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const waiting = this.#frames[i];
      if (!waiting) break;
      const both = merged(waiting.frame, frame);
      if (both) {
        this.#frames.splice(i, 1);
        this.#bytes -= waiting.bytes;
        this.#push(both);
        return true;
      }
      if (mustPrecede(waiting.frame, frame)) break;
    }
    this.#push(frame);
    return false;
  }

  /** Takes the frame that is to be sent next, as text; undefined when none waits. */
  take(): string | undefined {
    const next = this.#frames.shift();
    this.#bytes -= next?.bytes ?? 0;
    return next && JSON.stringify(next.frame);
  }

  #push(frame: AnyFrame): void {
    const bytes = Buffer.byteLength(JSON.stringify(frame));
    this.#frames.push({ frame, bytes });
    this.#bytes += bytes;
  }
}

/** The one frame that tells what both do, if there is one; it is sent where the newer one would be. */
function merged(older: AnyFrame, newer: AnyFrame): AnyFrame | undefined {
  if (older.type === 'UPDATE' && newer.type === 'UPDATE') {
    if (!isState(older) || !isState(newer)) return undefined;
    return { type: 'UPDATE', payload: { ...older.payload, ...newer.payload } };
  }
  if (older.type === 'OPPONENT_CLICK' && newer.type === 'OPPONENT_CLICK') {
    return { type: 'OPPONENT_CLICK', payload: { count: older.payload.count + newer.payload.count } };
  }
  return readings.has(newer.type) && older.type === newer.type ? newer : undefined;
}

/** What is merged into the newer frame moves behind all that waits between the two: some of it must not be overtaken. */
function mustPrecede(older: AnyFrame, newer: AnyFrame): boolean {
  // It has to do with no other frame.
  if (newer.type === 'PONG') return false;
  if (older.type === 'GAME_START' || older.type === 'GAME_OVER') return true;
  // The scores in it are newer than those before it, and the golden cookie is the one before it.
  return older.type === 'UPDATE' && !isState(older) && newer.type !== 'OPPONENT_CLICK';
}

const isState = ({ payload }: FrameOf<ServerFrame, 'UPDATE'>): boolean =>
  happenings.every((field) => payload[field] === undefined);
