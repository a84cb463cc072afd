import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Fresh } from '@overcookied/shared/fresh.ts';
import type { PracticeJob } from '@overcookied/shared/jobs.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Counter } from '@overcookied/shared/metrics.ts';
import type { Outlook } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { ClickCalls } from './click-calls.ts';
import type { Outcomes } from './outcomes.ts';
import type { Rooms } from './rooms.ts';

/** What a session needs of its gateway. */
export interface SessionParts {
  valkey: Valkey;
  records: Valkey;
  gatewayId: string;
  clock: ValkeyClock;
  rooms: Rooms;
  clicks: ClickCalls;
  /** How the queue stands, read once for all who wait here. */
  outlooks: Fresh<Outlook>;
  log: Logger;
  /** What became of what players did. */
  outcomes: Outcomes;
  /** Who asked for an opponent, and what came of it. */
  joins: Counter<'mode' | 'outcome'>;
  /** What those found who came back to a match. */
  resumes: Counter<'outcome'>;
  /** After how long alone in the queue a player is offered a practice bot, in ms; undefined for never. */
  practiceAfterMs: number | undefined;
  /** Asks a matchmaker to look: somebody has joined. */
  wake(): Promise<void>;
  /** Asks a matchmaker to look: somebody still waits. */
  remind(): Promise<void>;
  /** Asks a matchmaker to announce a pair that is pending. */
  announce(roomId: string): Promise<void>;
  /** Asks for a practice bot. */
  summonBot(job: PracticeJob): Promise<void>;
  /** Tells the gateway of the player's connection before this one to close it. */
  takeOver(playerId: string, connection: number, previousGateway: string): void;
}
