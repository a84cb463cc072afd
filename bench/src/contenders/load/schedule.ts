/**
 * When players click: each as steadily as a metronome, all of them evenly spread, whatever becomes of their clicks. So
 * a server that falls behind gets no rest, and the wait for it is not left out of what is measured.
 */
export interface Schedule {
  /** When the first click is due, in ms by any clock. */
  startsAt: number;
  players: number;
  clicksPerSecond: number;
}

/** When the click number `k` of all players' is due, from 0 on; it is made by player `k % players`. */
export const dueAt = ({ startsAt, clicksPerSecond }: Schedule, k: number): number =>
  startsAt + (1_000 * k) / clicksPerSecond;

/** When a player's click number `n` is due, from 0 on. */
export const dueOf = (schedule: Schedule, player: number, n: number): number =>
  dueAt(schedule, n * schedule.players + player);

/** How many of all players' clicks are due by now. */
export const countDue = ({ startsAt, clicksPerSecond }: Schedule, now: number): number =>
  Math.max(0, Math.floor(((now - startsAt) * clicksPerSecond) / 1_000) + 1);
