import type { Mode, Role } from '../protocol.ts';

/** What logs say of a match, in all services by the same names. Ids only: who somebody is, is nobody's business there. */
export const logged = ({
  roomId,
  mode,
  p1,
  p2,
}: { roomId: string; mode: Mode } & Record<Role, { id: string; score: number }>) => ({
  room: roomId,
  mode,
  players: [p1.id, p2.id],
  scores: [p1.score, p2.score],
});
