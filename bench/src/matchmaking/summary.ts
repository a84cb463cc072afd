import type { Spread } from '../spread.ts';
import { onStage, progress } from '../stage.ts';
import { measureDrains } from './drain.ts';
import { measureLatencies } from './latency.ts';
import { shortRules } from './short-rules.ts';

const seed = 1;

export interface MatchmakingOptions {
  /** So many join a second, as a Poisson process has it… */
  joinsPerSecond: number;
  /** …for so long, in seconds. */
  seconds: number;
  /** So many wait when it is measured how fast the queue is emptied; even. */
  waiting: number;
}

/** Matchmaking in a few figures: one gateway, one matchmaker and one ticker for the first, one matchmaker for the second. */
export interface MatchmakingSummary extends MatchmakingOptions {
  /** From the join that made the pair possible to `GAME_START` at the one who joined by it, in ms. */
  joinToStart: Spread;
  /** From joining to `GAME_START`, of everybody: for the first of two it includes waiting for the second to come; in ms. */
  joinToStartOfAll: Spread;
  /** Out of a queue of `waiting`, until both players of each pair are told. */
  pairsPerSecond: number;
  /** Processor time a pair, in µs. */
  matchmakerUsPerPair: number;
  valkeyUsPerPair: number;
}

const defaults: MatchmakingOptions = { joinsPerSecond: 50, seconds: 20, waiting: 10_000 };

/**
 * Measures matchmaking as it runs, with Valkeys of its own, in about a minute.
 *
 * @param stop ends it when it is aborted
 * @throws Error when a player was told nothing, or a room not to exactly two
 */
export async function summarizeMatchmaking(
  stop: AbortSignal,
  options: Partial<MatchmakingOptions> = {},
): Promise<MatchmakingSummary> {
  const all = { ...defaults, ...options };
  const { joinsPerSecond, seconds, waiting } = all;
  const [latency] = await onStage({ rules: shortRules }, stop, (stage) =>
    measureLatencies(stage, [joinsPerSecond], seconds, seed, progress),
  );
  if (!latency || latency.untold + latency.wrongRooms > 0)
    throw new Error(`${latency?.untold} players were told nothing, ${latency?.wrongRooms} rooms not to two`);
  const [drain] = await onStage({ rules: shortRules }, stop, (stage) =>
    measureDrains(stage, 1, [waiting], seed, progress),
  );
  if (!drain) throw new Error('no queue was emptied');
  return {
    ...all,
    joinToStart: latency.completing,
    joinToStartOfAll: latency.all,
    pairsPerSecond: drain.pairs / drain.seconds,
    matchmakerUsPerPair: (1e6 * drain.matchmakerCpuSeconds) / drain.pairs,
    valkeyUsPerPair: (1e6 * drain.valkeyCpuSeconds) / drain.pairs,
  };
}
