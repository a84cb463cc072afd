import { type Phase, phases } from './match-phase.ts';
import { Room, type RoomParts } from './room.ts';

/** The matches that players of this gateway are in, or that are watched by it. */
export class Rooms {
  readonly #parts: RoomParts;
  readonly #rooms = new Map<string, Room>();

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** Matches with a player here. */
  get played(): number {
    let played = 0;
    for (const room of this.#rooms.values()) if (room.hasPlayers) played++;
    return played;
  }

  /** How many matches are in each phase, of those that this gateway counts. */
  countPhases(): { labels: { phase: Phase }; value: number }[] {
    const counts = new Map<Phase | undefined, number>();
    for (const { phase } of this.#rooms.values()) counts.set(phase, (counts.get(phase) ?? 0) + 1);
    return phases.map((phase) => ({ labels: { phase }, value: counts.get(phase) ?? 0 }));
  }

  /** The room, opened now unless it is open already. */
  open(roomId: string): Room {
    let room = this.#rooms.get(roomId);
    if (!room) {
      room = new Room(roomId, this.#parts, () => this.#rooms.delete(roomId));
      this.#rooms.set(roomId, room);
    }
    return room;
  }
}
