import { Room, type RoomParts } from './room.ts';

/** The matches that players of this gateway are in. */
export class Rooms {
  readonly #parts: RoomParts;
  readonly #rooms = new Map<string, Room>();

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#rooms.size;
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
