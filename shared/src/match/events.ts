/**
 * What a match's channel carries. Every event has the `seq` that the change gave the match, and the absolute
 * scores where they changed, so that a reader can tell a gap from order and needs no history.
 */
import * as z from 'zod/mini';
import { EndReason, Role } from '../protocol.ts';

const seq = z.int();
const scores = { p1Score: z.int(), p2Score: z.int() };

export const MatchEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('click'), seq, role: Role, count: z.int(), ack: z.int(), ...scores }),
  z.object({ type: z.literal('spawn'), seq, id: z.int(), x: z.number(), y: z.number() }),
  z.object({
    type: z.literal('claim'),
    seq,
    role: Role,
    id: z.int(),
    claimedBy: z.string(),
    bonusUntil: z.int(),
    ...scores,
  }),
  z.object({ type: z.literal('away'), seq, role: Role, until: z.int() }),
  z.object({ type: z.literal('back'), seq, role: Role }),
  z.object({
    type: z.literal('over'),
    seq,
    winner: z.string(),
    reason: z.union([EndReason, z.literal('')]),
    ...scores,
  }),
]);
export type MatchEvent = z.infer<typeof MatchEvent>;
