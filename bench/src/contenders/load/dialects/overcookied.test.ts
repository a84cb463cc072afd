import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import { expect, test } from 'vitest';
import {
  applyEvent,
  eventFrames,
  scoreFrame,
  startFrames,
} from '../../../../../services/gateway/src/frames.ts';
import { Player } from '../player.ts';
import { overcookied } from './overcookied.ts';

const side = (id: string) => ({
  ...{ id, name: id, picture: '', standing: undefined },
  ...{ score: 0, ack: 0, bonusUntil: 0, awayUntil: 0 },
});
const match: MatchState = {
  ...{ roomId: 'room', mode: 'ranked', seq: 0, startsAt: 0, endsAt: 60_000, rules: Rules.parse({}) },
  ...{ p1: side('a'), p2: side('b'), golden: undefined, claimed: undefined, over: undefined, endedAt: 0 },
};

/** A player who has been told all but the lost of these of the first player's clicks. */
function toldOf(role: Role, counts: number[], lost: number[] = []): Player {
  const player = new Player({ match: 'room', role }, 0, () => {});
  let state = match;
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
    for (const frame of eventFrames(event, role, state)) hear(player, frame);
  }
  hear(player, scoreFrame(state, role));
  return player;
}

const hear = (player: Player, frame: unknown) => overcookied.hear(Buffer.from(JSON.stringify(frame)), player);

test("a gateway's frames tell the opponent's clicks, none of them twice, and not one's own", () => {
  expect(toldOf('p2', [1, 1, 3]).seen).toBe(5);
  expect(toldOf('p2', [1, 1, 3], [1]).seen).toBe(5);
  expect(toldOf('p1', [1, 1, 3]).seen).toBe(0);
});

test('a match is on when it is told to begin', () => {
  const player = new Player({ match: 'room', role: 'p1' }, 0, () => {});
  hear(player, { type: 'QUEUED', payload: {} });
  expect(player.isOn).toBe(false);
  hear(player, startFrames(match, 'p1', 0, false)[0]);
  expect(player.isOn).toBe(true);
});

test('who is back says again which clicks were not acknowledged', () => {
  const player = toldOf('p1', [1, 1, 3]);
  player.sent = 5;
  expect(overcookied.catchUp(player)).toEqual([]);
  player.sent = 7;
  expect(overcookied.catchUp(player)).toEqual(['{"type":"CLICK","payload":{"seq":7,"count":2}}']);
});
