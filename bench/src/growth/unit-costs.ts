import type { Measured } from './measured.ts';

/** What one click costs, and what a second in a match costs without any. */
interface PlayCost {
  click: number;
  matchSecond: number;
}

/** What playing costs on a cluster, everything that comes with a match included. */
export interface UnitCosts {
  /** Processor time of gateways and of Valkey's primaries, in µs. */
  gatewayUs: PlayCost;
  valkeyUs: PlayCost;
  /** Between gateways and primaries, in bytes; out is what Valkey says. */
  valkeyBytesIn: PlayCost;
  valkeyBytesOut: PlayCost;
  valkeyCommands: PlayCost;
  /** Between gateways and players, headers of TCP and IP included, in bytes; down is to the players. */
  downBytes: PlayCost;
  upBytes: PlayCost;
  /** Processor time of a matchmaker for a pair, in µs, and pairs a second that one makes when the queue is long. */
  pairUs: number;
  pairsPerSecond: number;
}

/**
 * What one of each costs, from what was measured: a slope over players who click hardly at all and fast.
 *
 * @param headerBytes of a packet
 * @throws Error when the measured points have no slope
 */
export function unitCosts({ play, drain }: Pick<Measured, 'play' | 'drain'>, headerBytes: number): UnitCosts {
  const byClicks = play.points.toSorted((a, b) => a.clicks / a.seconds - b.clicks / b.seconds);
  const [slow, fast] = [byClicks[0], byClicks.at(-1)];
  if (!slow || !fast) throw new Error('nobody played');
  type Point = typeof slow;
  const costOf = (amount: (point: Point) => number): PlayCost => {
    const perSecond = (point: Point, value: number) => value / (point.seconds * point.players);
    const [clicksSlow, clicksFast] = [perSecond(slow, slow.clicks), perSecond(fast, fast.clicks)];
    if (!(clicksFast > clicksSlow)) throw new Error('nobody clicked faster than the others');
    const [of, ofFast] = [perSecond(slow, amount(slow)), perSecond(fast, amount(fast))];
    const click = (ofFast - of) / (clicksFast - clicksSlow);
    // The machine's noise must not make a second in a match a gift.
    return { click, matchSecond: Math.max(0, of - click * clicksSlow) };
  };
  const longest = drain.points.toSorted((a, b) => a.players - b.players).at(-1);
  if (!longest) throw new Error('no queue was drained');
  return {
    gatewayUs: costOf(({ gatewaySeconds }) => 1e6 * gatewaySeconds),
    valkeyUs: costOf(({ valkeySeconds }) => 1e6 * valkeySeconds),
    valkeyBytesIn: costOf(({ valkeyBytesIn }) => valkeyBytesIn),
    valkeyBytesOut: costOf(({ valkeyBytesOut }) => valkeyBytesOut),
    valkeyCommands: costOf(({ valkeyCommands }) => valkeyCommands),
    downBytes: costOf(({ downBytes, downPackets }) => downBytes + headerBytes * downPackets),
    upBytes: costOf(({ upBytes, upPackets }) => upBytes + headerBytes * upPackets),
    pairUs: longest.matchmakerUs,
    pairsPerSecond: longest.pairs / longest.seconds,
  };
}
