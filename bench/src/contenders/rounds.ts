/** What was measured in several rounds, in each of which everything took its turn. */

/** The middle of some values, and the least and the most of them. */
export interface Middle {
  median: number;
  least: number;
  most: number;
}

/** @throws Error when there are none */
export function middleOf(values: number[]): Middle {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (i: number) => {
    const value = sorted[i];
    if (value === undefined) throw new Error('nothing was measured');
    return value;
  };
  const half = sorted.length / 2;
  return {
    median: (at(Math.ceil(half) - 1) + at(Math.floor(half))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  };
}

/**
 * How many times as much as beside it, round by round: what the machine does meanwhile to both is not in it.
 *
 * @throws Error when there are not as many of both
 */
export function ratioOf(values: number[], floor: number[]): Middle {
  if (values.length !== floor.length) throw new Error('a round is missing');
  return middleOf(values.map((value, round) => value / (floor[round] ?? Number.NaN)));
}
