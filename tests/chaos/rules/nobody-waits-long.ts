import type { Evidence } from '../evidence.ts';
import { connected } from '../excerpt.ts';
import type { Violation } from './violation.ts';

const rule = 'whoever waits in the common queue is soon in a match';

/**
 * So soon, in ms, once nothing is wrong with their gateway: any rating is good enough after five seconds, and a pair
 * that was left by a dead matchmaker is told three seconds later. There are always others who wait, or soon will.
 */
const withinMs = 9_000;
/** Of those who wait so long before the end the others may have left, in ms. */
const lonelyMs = 1_000;

export function nobodyWaitsLong(evidence: Evidence): Violation[] {
  const { history } = evidence;
  return history.waits.flatMap(({ player, connection, from, until }) => {
    const gateway = evidence.connection(player, connection)?.gateway ?? '';
    const end = Math.min(until, history.until - lonelyMs);
    if (end <= evidence.calmBy(gateway, from, withinMs)) return [];
    const what = `${player} waits for ${Math.round(end - from)} ms, at ${gateway}`;
    const line = { at: from, text: `${player} (connection ${connection}) → JOIN_QUEUE` };
    return [{ rule, what, excerpt: [line, ...connected(evidence, player, from, end)] }];
  });
}
