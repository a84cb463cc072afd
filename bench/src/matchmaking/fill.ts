import { randomBytes } from 'node:crypto';
import type { Random } from '@overcookied/bot/random.ts';
import { enter } from '@overcookied/shared/presence/presence.ts';
import { joinQueue } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { drawRating } from '../simulation/curve.ts';

const atOnce = 500;
/** How sure the ratings are: those of players who have played some dozens of matches. */
const deviation = 60;

/**
 * Has players join as gateways do, with ratings drawn from the curve, but without waking anybody.
 *
 * @param gateways ids, over which the players are spread in turn
 * @returns the players' ids
 */
export async function fillQueue(
  valkey: Valkey,
  count: number,
  gateways: readonly string[],
  random: Random,
): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(atOnce, count - ids.length) }, (_, i) => ({
      id: `guest_${randomBytes(16).toString('base64url')}`,
      gateway: gateways[i % gateways.length] ?? '',
      standing: { rating: drawRating(random), deviation },
    }));
    await Promise.all(
      some.map(async (player) => {
        const { connection } = await enter(valkey, player.id, player.gateway);
        const name = `Guest ${player.id.slice(-4)}`;
        await joinQueue(valkey, { ...player, name, picture: '', connection, mode: 'ranked' });
      }),
    );
    ids.push(...some.map(({ id }) => id));
  }
  return ids;
}
