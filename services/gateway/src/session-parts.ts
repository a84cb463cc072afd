import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Counter } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Rooms } from './rooms.ts';

/** What a session needs of its gateway. */
export interface SessionParts {
  valkey: Valkey;
  gatewayId: string;
  clock: ValkeyClock;
  rooms: Rooms;
  log: Logger;
  /** What became of what players did. */
  outcomes: Counter<'action' | 'outcome'>;
  /** Asks a matchmaker to look. */
  wake(): Promise<void>;
  /** Tells the gateway of the player's connection before this one to close it. */
  takeOver(playerId: string, connection: number, previousGateway: string): void;
}
