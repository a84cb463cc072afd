/** What happened in a run, as seen from outside: by the players, by whoever made the faults, and in the end. */
import type { Left, ResultEntry } from '../history.ts';

/** One connection of a player; a player's are numbered from 1 in the order in which they were begun. */
export interface Who {
  player: string;
  connection: number;
}

/** A frame, sent by the client or told by the server. */
export interface FrameEvent extends Who {
  kind: 'sent' | 'told';
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: whoever reads a history knows no types of the product
  payload: any;
}

export interface FaultEvent {
  kind: 'fault';
  what: 'killed' | 'ready' | 'stopped' | 'continued';
  /** For instance `matchmaker 1`. */
  service: string;
}

/** What stood in the queue's hash of tickets for a player: '' for nothing, `@` and a room for one who is in a pair. */
export interface TicketEvent {
  kind: 'ticket';
  player: string;
  ticket: string;
}

/** `at` is in ms since 1970, by a clock that never goes back. */
export type HistoryEvent = { at: number } & (
  | FrameEvent
  | FaultEvent
  | TicketEvent
  /** The client begins to connect; from now on an older connection of the player may be taken over. */
  | (Who & { kind: 'connect'; gateway: string })
  | (Who & { kind: 'open' })
  | (Who & { kind: 'closed'; code: number })
);

/** What Valkey says in the end; hashes as they are. */
export interface Records extends Left {
  /** By room id. */
  games: Record<string, Record<string, string>>;
  /** By player id. */
  results: Record<string, ResultEntry[]>;
}

export interface History {
  /** In the order of time. */
  events: HistoryEvent[];
  records: Records;
  /** When the records were read, by the clock of the events. */
  endsAt: number;
}

/** Ms since 1970 by a clock that never goes back: comparable with Valkey's on the same machine. */
export const now = (): number => performance.timeOrigin + performance.now();

/** One line for a reader; times are in seconds since `from`. */
export function describeEvent(event: HistoryEvent, from: number): string {
  const time = `${((event.at - from) / 1_000).toFixed(3)} s`;
  if (event.kind === 'fault') return `${time}  ${event.service} ${event.what}`;
  if (event.kind === 'ticket') return `${time}  ${event.player} has the ticket '${event.ticket}'`;
  const who = `${time}  ${event.player} (connection ${event.connection})`;
  switch (event.kind) {
    case 'connect':
      return `${who} connects to ${event.gateway}`;
    case 'open':
      return `${who} is connected`;
    case 'closed':
      return `${who} is closed: ${event.code}`;
    default: {
      // Its rules alone would fill the screen.
      const { rules: _, ...payload } = event.payload ?? {};
      return `${who} ${event.kind === 'sent' ? '→' : '←'} ${event.type} ${JSON.stringify(payload)}`;
    }
  }
}
