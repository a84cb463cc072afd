/**
 * What a match's channel carries. Every event has the `seq` that the change gave the match, and the absolute
 * scores where they changed, so that a reader can tell a gap from order and needs no history.
 */
import * as z from 'zod/mini';
import { EndReason, Role } from '../protocol.ts';

const common = {
  seq: z.int(),
  /** When it was published, in µs since 1970 by Valkey's clock; only one in several says it. */
  at: z.optional(z.int()),
};
const scores = { p1Score: z.int(), p2Score: z.int() };

export const MatchEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('click'), ...common, role: Role, count: z.int(), ack: z.int(), ...scores }),
  z.object({ type: z.literal('spawn'), ...common, id: z.int(), x: z.number(), y: z.number() }),
  z.object({
    type: z.literal('claim'),
    ...common,
    role: Role,
    id: z.int(),
    claimedBy: z.string(),
    bonusUntil: z.int(),
    ...scores,
  }),
  z.object({ type: z.literal('away'), ...common, role: Role, until: z.int() }),
  z.object({ type: z.literal('back'), ...common, role: Role }),
  z.object({
    type: z.literal('over'),
    ...common,
    winner: z.string(),
    reason: z.union([EndReason, z.literal('')]),
    ...scores,
  }),
]);
export type MatchEvent = z.infer<typeof MatchEvent>;
type ClickEvent = Extract<MatchEvent, { type: 'click' }>;

/**
 * Reads what a match's channel has carried.
 *
 * @throws Error when it makes no sense
 */
export function parseEvent(text: string): MatchEvent {
  const json = JSON.parse(text);
  // Nearly all events are clicks, thousands a second: a schema takes three times as long to look at one.
  return isClick(json) ? json : MatchEvent.parse(json);
}

const isInt = (value: unknown) => Number.isSafeInteger(value);

/** What `MatchEvent` says of a click. */
const isClick = (json: Partial<ClickEvent> | null): json is ClickEvent =>
  json?.type === 'click' &&
  (json.role === 'p1' || json.role === 'p2') &&
  isInt(json.seq) &&
  isInt(json.count) &&
  isInt(json.ack) &&
  isInt(json.p1Score) &&
  isInt(json.p2Score) &&
  (json.at === undefined || isInt(json.at));
