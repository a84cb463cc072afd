import type { Evidence, Played } from '../evidence.ts';

/** A match may end so late, in ms, and as much later as Valkey was out. */
const lateMs = 1_500;

/** @returns what is wrong if the match ended later than it may after `dueAt`, in ms, which is named `due` */
export function lateness(
  evidence: Evidence,
  { room, endedAt }: Played,
  dueAt: number,
  due: string,
): string | undefined {
  const outage = evidence.outageWithin(dueAt, endedAt);
  if (endedAt - dueAt <= lateMs + outage) return undefined;
  return `${room} ended ${endedAt - dueAt} ms after ${due}, of which Valkey was out for ${outage}`;
}
