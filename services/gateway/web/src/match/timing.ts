/** What the times of a match and of a wait mean at a moment; all in ms by the server's clock. */

interface Times {
  startsAt: number;
  endsAt: number;
}

/** How long "GO!" stays after the start. */
const goMs = 900;

/** The last seconds, in which the clock hurries. */
export const hurrySeconds = 10;

/** Clicks count now; none before and none after is sent. */
export const isPlaying = ({ startsAt, endsAt }: Times, now: number): boolean =>
  startsAt <= now && now < endsAt;

/** What the countdown shows: whole seconds, then 0 for "GO!", then nothing. */
export function countdown({ startsAt }: Times, now: number): number | undefined {
  if (now >= startsAt + goMs) return undefined;
  return Math.max(0, Math.ceil((startsAt - now) / 1000));
}

/** Whole seconds until then, rounded up: 0 means past. */
export const secondsUntil = (then: number, now: number): number =>
  Math.max(0, Math.ceil((then - now) / 1000));

/** Whole seconds since then, as far as they are full. */
export const secondsSince = (then: number, now: number): number =>
  Math.max(0, Math.floor((now - then) / 1000));

/** Whole seconds of play left: 0 means over. Full length until the start. */
export const secondsLeft = ({ startsAt, endsAt }: Times, now: number): number =>
  secondsUntil(endsAt, Math.max(now, startsAt));

/**
 * How far one has pulled the rope to their side: 0 not at all, 0.5 level, 1 all of it. Both begin with a few points, so
 * that the first click does not win it all; and a small lead of many points is seen too.
 */
export function ropeShare(mine: number, theirs: number): number {
  const headStart = 15;
  const pull = 3;
  return 0.5 + 0.5 * Math.tanh((pull * (mine - theirs)) / (mine + theirs + 2 * headStart));
}
