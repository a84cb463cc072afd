import type { Story } from '../story.ts';
import { type Wish, wishesOf } from '../wishes.ts';
import type { Violation } from './violation.ts';

const rule = 'of two who want each other, neither waits for longer than it takes';

/**
 * Two who are far apart in rating wait for so long before each is good enough for the other, in ms. Whoever has
 * waited so long is left over only if nobody else is there: so if two have, they do not both wait on.
 */
const anyRatingMs = 5_000;

/**
 * Two whose wishes fit each other, and last, are in a match in time: the later of the two has come, any rating is
 * good enough, and the recovery time has passed (3 s for a pair that a dead matchmaker has left behind, and a second
 * for a busy machine) in which no matchmaker failed. Nothing else is in between: the wishes of whoever was on a
 * gateway that died are broken, and who is paired with a ghost is in a match. A ghost may stand in the queue for 5 s
 * after its gateway's death, but is a partner for one at most.
 */
export function nobodyFallsOut(story: Story): Violation[] {
  return Object.values(Object.groupBy(wishesOf(story), ({ kind }) => kind)).flatMap((wishes = []) =>
    forgotten(story, wishes),
  );
}

function forgotten(story: Story, wishes: Wish[]): Violation[] {
  const violations: Violation[] = [];
  const lasting = wishes.filter(({ asked, until }) => until > story.deadline(asked.at));
  for (const [i, one] of lasting.entries()) {
    for (const other of lasting.slice(i + 1)) {
      if (one.player === other.player) continue;
      const from = Math.max(one.asked.at, other.asked.at);
      const until = Math.min(one.until, other.until);
      const deadline = story.deadline(one.kind === 'ranked' ? from + anyRatingMs : from);
      if (until <= deadline) continue;
      const what = `${one.player} and ${other.player} wait together for ${Math.round(until - from)} ms (${one.kind})`;
      violations.push({ rule, what, excerpt: [one.asked, other.asked] });
    }
  }
  return violations;
}
