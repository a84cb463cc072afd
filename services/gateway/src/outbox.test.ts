import type { ServerFrame } from '@overcookied/shared/protocol.ts';
import type { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnyFrame, Outbox } from './outbox.ts';

const update = (
  payload: Extract<ServerFrame, { type: 'UPDATE' }>['payload'],
): Extract<ServerFrame, { type: 'UPDATE' }> => ({ type: 'UPDATE', payload });
const clicks = (count: number): ServerFrame => ({ type: 'OPPONENT_CLICK', payload: { count } });
const spawn = (id: number): ServerFrame => ({ type: 'COOKIE_SPAWN', payload: { x: 5, y: 5, id } });
const error: ServerFrame = { type: 'ERROR', payload: { code: 'too_fast', message: 'slower' } };
const over: ServerFrame = { type: 'GAME_OVER', payload: { winner: 'draw', p1Score: 1, p2Score: 1 } };
const pong = (t: number): ServerFrame => ({ type: 'PONG', payload: { t, now: t } });

/** What comes out when all of these have gone in. */
function through(...frames: AnyFrame[]): AnyFrame[] {
  const outbox = new Outbox();
  for (const frame of frames) outbox.add(frame);
  return drain(outbox);
}

function drain(outbox: Outbox): ServerFrame[] {
  const out: ServerFrame[] = [];
  for (let text = outbox.take(); text !== undefined; text = outbox.take()) out.push(JSON.parse(text));
  return out;
}

test('of the same fields the newest are told, and others are not forgotten', () => {
  expect(
    through(
      update({ p1Score: 1, p2Score: 0, seq: 1, ack: 1 }),
      update({ timeRemaining: 9 }),
      update({ p1Score: 1, p2Score: 2, seq: 2 }),
      update({ timeRemaining: 8 }),
    ),
  ).toEqual([update({ p1Score: 1, p2Score: 2, seq: 2, ack: 1, timeRemaining: 8 })]);
});

test("the opponent's clicks are summed up", () => {
  expect(
    through(
      clicks(1),
      update({ p1Score: 1, p2Score: 0, seq: 1 }),
      clicks(3),
      update({ p1Score: 4, p2Score: 0, seq: 2 }),
    ),
  ).toEqual([clicks(4), update({ p1Score: 4, p2Score: 0, seq: 2 })]);
});

test('what happened is told as it happened', () => {
  const claim = update({ p1Score: 5, p2Score: 0, seq: 4, goldenCookieClaimedBy: 'Ada', bonusUntil: 9 });
  const frames = [update({ p1Score: 0, p2Score: 0, seq: 2 }), spawn(1), claim, spawn(2)];
  const later = update({ p1Score: 5, p2Score: 1, seq: 6 });
  expect(through(...frames, later)).toEqual([...frames, later]);
  expect(through(error, over, error)).toEqual([error, over, error]);
});

test('a golden cookie that was replaced is not told of', () => {
  expect(through(spawn(1), error, spawn(2))).toEqual([error, spawn(2)]);
});

test('nothing of one match is told in the next', () => {
  const frames = [update({ p1Score: 9, ack: 9 }), clicks(2), over, update({ timeRemaining: 60 }), clicks(1)];
  expect(through(...frames)).toEqual(frames);
});

test('of how a watched match stands the newest is enough, between its beginning and its end', () => {
  const side = { score: 1, bonusUntil: 0, awayUntil: 0 };
  const state = (seq: number) => ({ seq, now: seq, p1: side, p2: side });
  const stands = (seq: number): WatchFrame => ({ type: 'WATCH_UPDATE', payload: state(seq) });
  const ends: WatchFrame = { type: 'WATCH_OVER', payload: { state: state(9) } };
  expect(through(stands(1), error, stands(2), pong(1), stands(3), ends)).toEqual([
    error,
    pong(1),
    stands(3),
    ends,
  ]);
});

test('the latest of what is only a reading is enough', () => {
  const queued = (waiting: number): ServerFrame => ({
    type: 'QUEUED',
    payload: { since: 1, waiting, mode: 'ranked' },
  });
  expect(through(pong(1), queued(1), over, pong(2), queued(2), queued(3))).toEqual([
    queued(1),
    over,
    pong(2),
    queued(3),
  ]);
});

test('it says how many bytes wait, and which frames were dropped', () => {
  const outbox = new Outbox();
  expect(outbox.add(pong(1))).toBe(false);
  expect(outbox.add(pong(22))).toBe(true);
  expect(outbox.bytes).toBe(JSON.stringify(pong(22)).length);
  outbox.add({ type: 'ERROR', payload: { code: 'busy', message: 'é' } });
  outbox.take();
  expect(outbox.bytes).toBe(Buffer.byteLength(outbox.take() ?? ''));
  expect(outbox.bytes).toBe(0);
  expect(outbox.isEmpty).toBe(true);
});

/** What a page shows that has been told all of this. */
function shown(frames: ServerFrame[]) {
  const page = { state: {}, opponentClicks: 0, golden: 0, claims: [] as unknown[], told: [] as unknown[] };
  for (const frame of frames) {
    if (frame.type === 'UPDATE') {
      const { goldenCookieClaimedBy, ...state } = frame.payload;
      Object.assign(page.state, state);
      if (goldenCookieClaimedBy === undefined) continue;
      page.claims.push([goldenCookieClaimedBy, page.golden]);
      page.golden = 0;
    } else if (frame.type === 'OPPONENT_CLICK') page.opponentClicks += frame.payload.count;
    else if (frame.type === 'COOKIE_SPAWN') page.golden = frame.payload.id ?? 0;
    else if (frame.type === 'ERROR' || frame.type === 'GAME_OVER') page.told.push(frame);
    if (frame.type === 'GAME_OVER') page.told.push({ ...page.state, clicks: page.opponentClicks });
  }
  return page;
}

const someFrame = fc.oneof(
  fc.record({ p1Score: fc.nat(99), p2Score: fc.nat(99), seq: fc.nat(99) }).map(update),
  fc.record({ timeRemaining: fc.nat(60) }).map(update),
  fc.record({ ack: fc.nat(99) }).map(update),
  fc.record({ opponentAwayUntil: fc.nat(9) }).map(update),
  fc
    .record({
      p1Score: fc.nat(99),
      goldenCookieClaimedBy: fc.constantFrom('Ada', 'Bo'),
      bonusUntil: fc.nat(9),
    })
    .map(update),
  fc.integer({ min: 1, max: 5 }).map(clicks),
  fc.integer({ min: 1, max: 9 }).map(spawn),
  fc.constantFrom(error, over),
);

test('whoever reads what is left sees what they would see who had read everything', () => {
  fc.assert(
    fc.property(fc.array(someFrame, { maxLength: 40 }), fc.nat(40), (frames, pause) => {
      const outbox = new Outbox();
      for (const frame of frames.slice(0, pause)) outbox.add(frame);
      const sent = drain(outbox);
      for (const frame of frames.slice(pause)) outbox.add(frame);
      expect(shown([...sent, ...drain(outbox)])).toEqual(shown(frames));
    }),
    { numRuns: 500 },
  );
});
