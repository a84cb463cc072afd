import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import { expect, test } from 'vitest';
import { applyEvent, eventFrames, startFrames } from '../../../../services/gateway/src/frames.ts';
import { clickFrame, dialects } from './dialects.ts';

const side = (id: string) => ({
  ...{ id, name: id, picture: '', standing: undefined },
  ...{ score: 0, ack: 0, bonusUntil: 0, awayUntil: 0 },
});
const match: MatchState = {
  ...{ roomId: 'room', mode: 'ranked', seq: 0, startsAt: 0, endsAt: 60_000, rules: Rules.parse({}) },
  ...{ p1: side('a'), p2: side('b'), golden: undefined, claimed: undefined, over: undefined, endedAt: 0 },
};

/** What a player has seen of the opponent's clicks after being told of these of the first player's. */
function seenBy(role: Role, counts: number[], lost: number[] = []): number {
  let [state, seen] = [match, 0];
  for (const [i, count] of counts.entries()) {
    const p1Score = state.p1.score + count;
    const event = {
      type: 'click',
      role: 'p1',
      seq: i + 1,
      count,
      ack: p1Score,
      p1Score,
      p2Score: 0,
    } as const;
    state = applyEvent(state, event);
    if (lost.includes(i)) continue;
    for (const frame of eventFrames(event, role, state))
      seen = dialects.overcookied.seen(JSON.stringify(frame), role, seen);
  }
  return seen;
}

test("a gateway's frames tell the opponent's clicks, none of them twice, and not one's own", () => {
  expect(seenBy('p2', [1, 1, 3])).toBe(5);
  expect(seenBy('p2', [1, 1, 3], [1])).toBe(5);
  expect(seenBy('p1', [1, 1, 3])).toBe(0);
});

test('a match is on when it is told to begin', () => {
  const [start] = startFrames(match, 'p1', 0, false);
  expect(dialects.overcookied.isStart(JSON.stringify(start))).toBe(true);
  expect(dialects.overcookied.isStart('{"type":"QUEUED","payload":{}}')).toBe(false);
});

test("the floor passes the opponent's frames on", () => {
  expect(dialects.floor.seen(clickFrame(12), 'p1', 11)).toBe(12);
  expect(dialects.floor.seen(clickFrame(11), 'p1', 12)).toBe(12);
});
