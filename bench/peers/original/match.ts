/** A match as the one JSON value that it is in Valkey, and how it changes: pure. */
export type Role = 'p1' | 'p2';

interface Side {
  id: string;
  name: string;
  picture: string;
  score: number;
}

export interface Match {
  roomId: string;
  p1: Side;
  p2: Side;
  status: 'playing' | 'over';
  /** Whole seconds. */
  timeRemaining: number;
  /** The gateway that ticks, and when it last did, in ms. */
  owner: string;
  tickedAt: number;
}

const lengthSeconds = 3_600;
/** An owner that has not ticked for so long is taken to be dead. */
const leaseMs = 3_000;

export function newMatch(roomId: string, owner: string, now: number): Match {
  const side = (role: Role): Side => ({ id: `${roomId}-${role}`, name: 'Somebody', picture: '', score: 0 });
  return {
    roomId,
    p1: side('p1'),
    p2: side('p2'),
    status: 'playing',
    timeRemaining: lengthSeconds,
    owner,
    tickedAt: now,
  };
}

/** @returns undefined when the match is over */
export function click(match: Match, role: Role): Match | undefined {
  if (match.status === 'over') return undefined;
  return { ...match, [role]: { ...match[role], score: match[role].score + 1 } };
}

/** Whether a gateway may tick: it is the owner, or the owner is dead. */
export const mayTick = (
  { owner, tickedAt }: Pick<Match, 'owner' | 'tickedAt'>,
  gateway: string,
  now: number,
) => owner === gateway || now - tickedAt > leaseMs;

/** A second less. @returns undefined when another gateway does that, or the match is over */
export function tick(match: Match, gateway: string, now: number): Match | undefined {
  if (match.status === 'over' || !mayTick(match, gateway, now)) return undefined;
  const timeRemaining = match.timeRemaining - 1;
  const status = timeRemaining > 0 ? 'playing' : 'over';
  return { ...match, status, timeRemaining, owner: gateway, tickedAt: now };
}
