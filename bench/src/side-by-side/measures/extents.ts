import type { MostMatchesOptions } from '../../clock/most.ts';
import type { ClockTrafficOptions } from '../../clock/traffic.ts';
import type { ClicksOptions } from '../../contenders/clicks.ts';
import type { MemoryOptions } from '../../contenders/memory.ts';
import type { SurvivalOptions } from '../../contenders/survival.ts';
import type { MatchmakingOptions } from '../../matchmaking/summary.ts';
import { triesToFind } from '../ladder.ts';

/** How much, and for how long, each measure measures. */
export interface Extent {
  warmUpSeconds: number;
  clicks: { rates: readonly number[] } & Pick<ClicksOptions, 'seconds' | 'warmUpSeconds'>;
  capacity: { seconds: number; tries: number };
  traffic: { gateways: readonly number[]; seconds: number };
  rest: { matches: number; seconds: number };
  memory: MemoryOptions & { rounds: number };
  survival: SurvivalOptions & { rounds: number };
  clock: { most: Partial<MostMatchesOptions>; traffic: Partial<ClockTrafficOptions> };
  matchmaking: Partial<MatchmakingOptions>;
}

export const extents: Record<'whole' | 'quick', Extent> = {
  whole: {
    warmUpSeconds: 5,
    clicks: { rates: [500, 2_000, 4_000, 8_000], seconds: 2.5 },
    capacity: { seconds: 2, tries: triesToFind },
    traffic: { gateways: [2, 4, 8, 16], seconds: 1.5 },
    rest: { matches: 500, seconds: 30 },
    memory: { sockets: 3_000, settleMs: 2_500, rounds: 2 },
    survival: { matches: 30, rounds: 2 },
    clock: { most: {}, traffic: {} },
    matchmaking: {},
  },
  quick: {
    warmUpSeconds: 0.5,
    clicks: { rates: [2_000, 4_000, 8_000], seconds: 0.8, warmUpSeconds: 0.7 },
    capacity: { seconds: 1, tries: 0 },
    traffic: { gateways: [2, 4], seconds: 1 },
    rest: { matches: 200, seconds: 4 },
    memory: { sockets: 1_000, settleMs: 500, rounds: 1 },
    survival: { matches: 20, rounds: 1 },
    clock: { most: { steps: [10_000], seconds: 2 }, traffic: { matches: 500, seconds: 2 } },
    matchmaking: { seconds: 4, waiting: 5_000 },
  },
};
