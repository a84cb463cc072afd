/** What one gateway is told, by its own channel. A hint only: what it leads to is read from Valkey. */
import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Valkey } from './valkey.ts';

export const Notice = z.discriminatedUnion('type', [
  /** A player of this gateway is in a match. */
  z.object({
    type: z.literal('match'),
    playerId: z.string(),
    roomId: z.string(),
    /** Where the trace of the player's wish is; absent while traces are off. */
    traceparent: z.optional(z.string()),
  }),
  /** The opponent of the player's latest match, `by`, wants another one. */
  z.object({ type: z.literal('rematch'), playerId: z.string(), roomId: z.string(), by: z.string() }),
  /** A player has connected anew: older connections of theirs are to be closed. */
  z.object({ type: z.literal('takeover'), playerId: z.string(), connection: z.int() }),
]);
export type Notice = z.infer<typeof Notice>;

export async function notify(valkey: Valkey, gateway: string, notice: Notice): Promise<void> {
  await valkey.spublish(keys.notify(gateway), JSON.stringify(notice));
}
