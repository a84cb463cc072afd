/** Where an axis is marked. */
const sizes = [1, 2, 5, 10, 15, 20, 30, 50, 60, 100, 120, 200, 300, 500, 600, 900, 1000, 2000, 5000, 10_000];

/**
 * Round numbers from 0 to `most`, evenly apart.
 * @param parts the most parts that they may divide the axis into
 */
export function ticksUpTo(most: number, parts: number): number[] {
  const size = sizes.find((each) => most / each <= parts) ?? most;
  return Array.from({ length: Math.floor(most / size) + 1 }, (_, index) => index * size);
}
