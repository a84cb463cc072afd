import { type MostMatches, type MostMatchesOptions, mostMatches } from '../../clock/most.ts';
import { type ClockTraffic, type ClockTrafficOptions, clockTraffic } from '../../clock/traffic.ts';
import {
  type MatchmakingOptions,
  type MatchmakingSummary,
  summarizeMatchmaking,
} from '../../matchmaking/summary.ts';
import type { Conditions } from './conditions.ts';

/** What runs matches, of this system alone: none of the others has a part that could be measured by itself. */
export interface Clock {
  most: MostMatches;
  traffic: ClockTraffic;
}

export async function measureClocks(
  { stop }: Conditions,
  options: { most: Partial<MostMatchesOptions>; traffic: Partial<ClockTrafficOptions> },
): Promise<Clock> {
  return { most: await mostMatches(stop, options.most), traffic: await clockTraffic(stop, options.traffic) };
}

export const measureMatchmaking = (
  { stop }: Conditions,
  options: Partial<MatchmakingOptions>,
): Promise<MatchmakingSummary> => summarizeMatchmaking(stop, options);
