import type { ContenderName } from '../contenders/contender.ts';
import type { MatchmakingSummary } from '../matchmaking/summary.ts';
import type { Capacity } from './measures/capacity.ts';
import type { RateRounds } from './measures/clicks.ts';
import type { Clock } from './measures/clock.ts';
import type { MemoryRounds } from './measures/memory.ts';
import type { RestRounds } from './measures/rest.ts';
import type { SurvivalRounds } from './measures/survival.ts';
import type { TrafficRounds } from './measures/traffic.ts';
import type { Place } from './place.ts';

/** What was measured, round by round; what was left out is not there. */
export interface Measured {
  clicks?: RateRounds[];
  capacity?: Capacity;
  traffic?: TrafficRounds[];
  rest?: RestRounds;
  memory?: MemoryRounds;
  survival?: SurvivalRounds;
  clock?: Clock;
  matchmaking?: MatchmakingSummary;
}

/** A run of the bench: `results.json`. */
export interface Results extends Measured {
  place: Place;
  /** Who took turns, in their order. */
  names: ContenderName[];
  quick: boolean;
  rounds: number;
  /** What did not go as it should, in sentences. */
  notes: string[];
}
