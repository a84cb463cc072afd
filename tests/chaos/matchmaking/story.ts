import type { FaultEvent, FrameEvent, History, HistoryEvent, Records, TicketEvent } from './history.ts';

export type Frame = FrameEvent & { at: number };

/** One connection from its beginning to its end. */
export interface Connection {
  player: string;
  number: number;
  /** When the client knew that it was open; undefined when it never was. */
  openAt: number | undefined;
  /** When it was closed, or the player began a newer one, or the history ended. */
  until: number;
  /** Frames of both directions in order, those after `until` too. */
  frames: Frame[];
}

/** One match. */
export interface Room {
  id: string;
  /** As Valkey has it in the end; undefined when there is none. */
  game: Record<string, string> | undefined;
  /** Every `GAME_START` of it. */
  starts: Frame[];
  /** Every `GAME_OVER` of it: the first on a connection after its `GAME_START`. */
  overs: Frame[];
}

/**
 * So long after the death of a matchmaker, in ms, another has made up for it: 3 s are what the product promises for
 * whoever was taken out of the queue and not told, and a second more is for a machine with two busy cores.
 */
export const recoveryMs = 4_000;

/** How many matchmakers there are. */
const matchmakers = 2;

/** A history, sorted out: by connection, by player and by room. */
export class Story {
  readonly endsAt: number;
  readonly records: Records;
  readonly rooms = new Map<string, Room>();
  /** By player id. */
  readonly connections = new Map<string, Connection[]>();
  readonly #frames = new Map<string, Frame[]>();
  /** What was seen of players' tickets, in order. */
  readonly tickets: (TicketEvent & { at: number })[] = [];
  /** Since when, in ms, a matchmaker has to be made up for, or one is there again after none was. */
  readonly #setbacks: number[] = [];
  /** Matchmakers that are dead or asleep. */
  readonly #failing = new Set<string>();

  constructor({ events, records, endsAt }: History) {
    this.endsAt = endsAt;
    this.records = records;
    for (const event of events) this.#add(event);
    for (const [id, game] of Object.entries(records.games)) this.#room(id).game = game;
    for (const { frames } of this.allConnections) this.#sortByRoom(frames);
  }

  get allConnections(): Connection[] {
    return [...this.connections.values()].flat();
  }

  /** Frames of all connections of a player, in order. */
  framesOf(player: string): Frame[] {
    return this.#frames.get(player) ?? [];
  }

  /**
   * What is to happen without delay from `from` on has happened by then, in ms: so much later, unless a matchmaker
   * failed within the recovery time before, or came back after all had failed; then the recovery time after that.
   */
  deadline(from: number, delayMs = recoveryMs): number {
    let deadline = from + delayMs;
    for (const setback of this.#setbacks) {
      if (setback <= deadline && setback > deadline - recoveryMs) deadline = setback + recoveryMs;
    }
    return deadline;
  }

  #add(event: HistoryEvent): void {
    if (event.kind === 'fault') {
      if (event.service.startsWith('matchmaker')) this.#addFault(event);
      return;
    }
    if (event.kind === 'ticket') {
      this.tickets.push(event);
      return;
    }
    const { player, at } = event;
    const own = this.connections.get(player) ?? [];
    this.connections.set(player, own);
    if (event.kind === 'connect') {
      const last = own.at(-1);
      if (last) last.until = Math.min(last.until, at);
      own.push({ player, number: event.connection, openAt: undefined, until: this.endsAt, frames: [] });
      return;
    }
    const connection = own.find(({ number }) => number === event.connection);
    if (!connection) throw new Error(`${player} never began connection ${event.connection}`);
    if (event.kind === 'open') connection.openAt = at;
    else if (event.kind === 'closed') connection.until = Math.min(connection.until, at);
    else {
      connection.frames.push(event);
      const all = this.#frames.get(player);
      if (all) all.push(event);
      else this.#frames.set(player, [event]);
    }
  }

  #addFault({ at, what, service }: FaultEvent & { at: number }): void {
    const wasNone = this.#failing.size >= matchmakers;
    const isFault = what === 'killed' || what === 'stopped';
    if (isFault) this.#failing.add(service);
    else this.#failing.delete(service);
    if (isFault || wasNone) this.#setbacks.push(at);
  }

  #sortByRoom(frames: Frame[]): void {
    let room: Room | undefined;
    for (const frame of frames) {
      if (frame.kind !== 'told') continue;
      if (frame.type === 'GAME_START') {
        room = this.#room(frame.payload.roomId);
        room.starts.push(frame);
      } else if (frame.type === 'GAME_OVER') {
        room?.overs.push(frame);
        room = undefined;
      }
    }
  }

  #room(id: string): Room {
    const known = this.rooms.get(id);
    if (known) return known;
    const room: Room = { id, game: undefined, starts: [], overs: [] };
    this.rooms.set(id, room);
    return room;
  }
}

/** When a match was made, in ms by Valkey's clock. */
export const createdAt = (game: Record<string, string>): number =>
  Number(game.startsAt) - Number(game.countdownMs ?? 0);

/** When a match ended, in ms by Valkey's clock; infinity while it is on. */
export const endedAt = (game: Record<string, string>): number =>
  game.phase === 'over' ? Number(game.endedAt) : Number.POSITIVE_INFINITY;
