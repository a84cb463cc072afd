import type { Random } from '@overcookied/bot/random.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { advance, claim, click, type Seat } from '@overcookied/shared/match/match.ts';
import { stepMsOf } from '@overcookied/shared/match/recording.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** How fast both click, a second. */
const clickRate = 8;

/**
 * Plays a match that has just been created to its end, and waits for none of it: time passes by moving the match's own
 * back. Whoever is told by the dice claims each golden cookie.
 */
export async function playMatch(
  valkey: Valkey,
  { roomId, p1, p2 }: { roomId: string; p1: string; p2: string },
  { countdownMs, matchMs }: Rules,
  random: Random,
): Promise<MatchResult> {
  const stepMs = stepMsOf({ matchMs });
  const seats: Seat[] = [
    { roomId, role: 'p1', playerId: p1 },
    { roomId, role: 'p2', playerId: p2 },
  ];
  const pass = async (ms: number) => {
    for (const field of ['startsAt', 'endsAt', 'goldenDue'])
      await valkey.hincrby(keys.game(roomId), field, -ms);
  };
  await pass(countdownMs);
  for (;;) {
    for (const seat of seats) {
      const count = Math.round(random.between(0, (2 * clickRate * stepMs) / 1_000));
      if (count > 0) await click(valkey, seat, { first: 0, last: count });
    }
    const now = await advance(valkey, roomId);
    if (now.phase === 'gone') throw new Error('the match is gone');
    if (now.phase === 'over') return now.result;
    if (now.done > 0) await claim(valkey, seats[random.chance(0.5) ? 0 : 1] as Seat);
    await pass(stepMs);
  }
}
