import { type Spread, spreadOf } from '../spread.ts';
import type { Guest } from './guests.ts';

/** From joining to being told of the match, in ms. */
export interface Starts {
  /** Of everybody: for the first of two it includes waiting for the second to come. */
  all: Spread;
  /** From the join that made the pair possible to telling the one who joined by it… */
  completing: Spread;
  /** …and to telling the one who was there already. */
  other: Spread;
  /** Rooms that were not told to exactly two. */
  wrongRooms: number;
  /** Players who were told nothing. */
  untold: number;
}

/** What became of everybody who joined. */
export function startsOf(guests: readonly Guest[]): Starts {
  const rooms = new Map<string, Guest[]>();
  const all: number[] = [];
  for (const guest of guests) {
    if (guest.startedAt === undefined || guest.roomId === undefined) continue;
    all.push(guest.startedAt - guest.joinedAt);
    const inRoom = rooms.get(guest.roomId);
    if (inRoom) inRoom.push(guest);
    else rooms.set(guest.roomId, [guest]);
  }
  const completing: number[] = [];
  const other: number[] = [];
  let wrongRooms = 0;
  for (const inRoom of rooms.values()) {
    const [first, second] = inRoom.toSorted((a, b) => a.joinedAt - b.joinedAt);
    if (!first || !second || inRoom.length > 2) wrongRooms++;
    else {
      completing.push((second.startedAt ?? 0) - second.joinedAt);
      other.push((first.startedAt ?? 0) - second.joinedAt);
    }
  }
  return {
    all: spreadOf(Float64Array.from(all)),
    completing: spreadOf(Float64Array.from(completing)),
    other: spreadOf(Float64Array.from(other)),
    wrongRooms,
    untold: guests.length - all.length,
  };
}
