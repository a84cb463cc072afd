/** The classes of ratings that the tables tell apart, as shares of all who play: most of them are at the ends. */
const bandEdges = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];

/** The same for lines in a plot, finer. */
const pointEdges = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4],
  ...[0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.965, 0.98, 0.99, 0.995, 0.998, 0.999],
];

/** A class of players by rating: those from one share of all players to another. */
export interface Band {
  from: number;
  to: number;
}

export const bands = { edges: bandEdges, all: between(bandEdges) };
export const points = { edges: pointEdges, all: between(pointEdges) };

function between(edges: readonly number[]): Band[] {
  return [0, ...edges].map((from, i) => ({ from, to: edges[i] ?? 1 }));
}

/** As in `0.1–1`, in per cent. */
export const nameOf = ({ from, to }: Band): string => `${asPercent(from)}–${asPercent(to)}`;

/** Without the digits that floating point adds. */
const asPercent = (share: number) => String(Number((100 * share).toFixed(6)));
