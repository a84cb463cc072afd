import type { GameStart, Update } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { describe, expect, test } from 'vitest';
import { Ledger } from './ledger.ts';

const started: GameStart = {
  opponent: 'bob',
  role: 'p2',
  roomId: 'room',
  timeRemaining: 60,
  p1Score: 0,
  p2Score: 0,
  p1Name: 'Bob',
  p2Name: 'Ann',
  p1Picture: '',
  p2Picture: '',
  mode: 'ranked',
  startsAt: 0,
  endsAt: 60_000,
  now: 0,
  seq: 0,
  ack: 0,
  resumed: false,
  rules: defaultRules,
};

/** Ann, who is p2: the numbers are her points and Bob's. */
const update = (seq: number, own: number, their: number, more: Update = {}): Update => ({
  seq,
  p1Score: their,
  p2Score: own,
  ...more,
});

describe('Ledger', () => {
  test('agrees with clicks of both sides', () => {
    const ledger = new Ledger(started);
    expect(ledger.update(update(1, 3, 0, { ack: 3 }), 10)).toBeUndefined();
    ledger.opponentClicked(2);
    expect(ledger.update(update(2, 3, 2), 20)).toBeUndefined();
    ledger.spawned();
    expect(ledger.update(update(4, 4, 2, { ack: 4 }), 30)).toBeUndefined();
    expect(ledger.over({ winner: 'ann', p1Score: 2, p2Score: 4 })).toBeUndefined();
    expect(ledger).toMatchObject({ score: 4, theirScore: 2, ack: 4, tooFast: 0 });
  });

  test.each([
    ['too much for own clicks', update(1, 4, 0, { ack: 3 })],
    ['too little for own clicks', update(1, 2, 0, { ack: 3 })],
    ['something for clicks nobody made', update(1, 1, 1, { ack: 1 })],
    ['too much for a golden cookie', update(1, 6, 0, { goldenCookieClaimedBy: 'ann', bonusUntil: 5_000 })],
    ['a golden cookie to the other', update(1, 5, 0, { goldenCookieClaimedBy: 'bob', bonusUntil: 5_000 })],
  ])('finds %s', (_what, wrong) => {
    expect(new Ledger(started).update(wrong, 10)).toBeDefined();
  });

  test('finds too much for the opponent’s clicks', () => {
    const ledger = new Ledger(started);
    ledger.opponentClicked(2);
    expect(ledger.update(update(1, 0, 3), 10)).toBe('2 click(s) of the opponent gave 3');
  });

  test('asks for double points while a bonus runs, and allows no more of them after it', () => {
    const ledger = new Ledger(started);
    const claim = { goldenCookieClaimedBy: 'ann', bonusUntil: 6_000 };
    expect(ledger.update(update(1, 5, 0, claim), 1_000)).toBeUndefined();
    expect(ledger.update(update(2, 7, 0, { ack: 1 }), 2_000)).toBeUndefined();
    expect(ledger.update(update(3, 8, 0, { ack: 2 }), 3_000)).toMatch('1 own click(s) gave 1');
    // A slow frame may tell of either.
    expect(ledger.update(update(4, 10, 0, { ack: 3 }), 6_500)).toBeUndefined();
    expect(ledger.update(update(5, 11, 0, { ack: 4 }), 6_600)).toBeUndefined();
    expect(ledger.update(update(6, 13, 0, { ack: 5 }), 11_500)).toMatch('1 own click(s) gave 2');
    ledger.opponentClicked(1);
    expect(ledger.update(update(7, 13, 2), 12_000)).toMatch('1 click(s) of the opponent gave 2');
  });

  test('counts what was too fast, once the burst is used up', () => {
    const ledger = new Ledger(started);
    expect(ledger.update(update(1, 30, 0, { ack: 30 }), 10)).toBeUndefined();
    expect(ledger.update(update(2, 33, 0, { ack: 40 }), 150)).toBeUndefined();
    expect(ledger.tooFast).toBe(7);
  });

  test('counts what was too fast in a bonus', () => {
    const ledger = new Ledger(started);
    expect(ledger.update(update(1, 30, 0, { ack: 30 }), 10)).toBeUndefined();
    const claim = { goldenCookieClaimedBy: 'ann', bonusUntil: 6_000 };
    expect(ledger.update(update(2, 35, 0, claim), 1_000)).toBeUndefined();
    expect(ledger.update(update(3, 55, 0, { ack: 60 }), 1_010)).toBeUndefined();
    expect(ledger.tooFast).toBe(20);
    expect(ledger.update(update(4, 56, 0, { ack: 61 }), 1_020)).toBeDefined();
  });

  test('doubles no more than the fastest clicking allows, in a bonus made longer as well', () => {
    const ledger = new Ledger({ ...started, rules: { ...defaultRules, clickBurst: 1_000 } });
    const claim = (bonusUntil: number) => ({ goldenCookieClaimedBy: 'ann', bonusUntil });
    ledger.update(update(1, 5, 0, claim(6_000)), 1_000);
    expect(ledger.update(update(2, 225, 0, { ack: 120 }), 2_000)).toBeUndefined();
    expect(ledger.update(update(3, 226, 0, { ack: 121 }), 2_100)).toBeUndefined();
    ledger.update(update(4, 231, 0, claim(8_000)), 3_000);
    expect(ledger.update(update(5, 311, 0, { ack: 161 }), 3_100)).toBeUndefined();
    expect(ledger.update(update(6, 313, 0, { ack: 162 }), 3_200)).toBeDefined();
  });

  test('takes a repair as it is, and what comes next exactly', () => {
    const ledger = new Ledger(started);
    // Event 1, a claim by the opponent, was lost: the gateway read the match and tells it whole.
    expect(ledger.update(update(2, 1, 5, { ack: 1 }), 10)).toBeUndefined();
    expect(ledger.update({ seq: 2, goldenCookieClaimedBy: 'bob' }, 10)).toBeUndefined();
    expect(ledger.update(update(3, 2, 9, { ack: 2 }), 20)).toMatch('0 click(s) of the opponent gave 4');
    expect(ledger.update(update(3, 2, 10, { ack: 2 }), 30)).toBeUndefined();
  });

  test('takes a return as it is, and allows for a bonus nobody told of', () => {
    const ledger = new Ledger(started);
    expect(ledger.update(update(1, 1, 0, { ack: 1 }), 10)).toBeUndefined();
    const again = { ...started, resumed: true, p1Score: 20, p2Score: 7, ack: 7, seq: 15 };
    expect(ledger.resume(again)).toBeUndefined();
    expect(ledger.ack).toBe(7);
    expect(ledger.update(update(16, 8, 20, { ack: 8 }), 20)).toBeUndefined();
    ledger.opponentClicked(1);
    expect(ledger.update(update(17, 8, 22), 30)).toBeUndefined();
  });

  test('knows what is acknowledged although nothing changed', () => {
    const ledger = new Ledger(started);
    expect(ledger.update({ ack: 4 }, 10)).toBeUndefined();
    // The event that counted them was slower.
    expect(ledger.update(update(1, 4, 0, { ack: 4 }), 11)).toBeUndefined();
    expect(ledger.ack).toBe(4);
  });

  test('finds scores that go down, wherever they are told', () => {
    const ledger = new Ledger({ ...started, p1Score: 5, p2Score: 5 });
    expect(ledger.update(update(9, 4, 5), 10)).toMatch('went down');
    expect(ledger.resume(started)).toMatch('went down');
    expect(
      new Ledger({ ...started, resumed: true, p1Score: 3 }).over({ winner: 'draw', p1Score: 0, p2Score: 0 }),
    ).toMatch('went down');
  });

  test('finds a final score that no update led to', () => {
    const ledger = new Ledger(started);
    expect(ledger.over({ winner: 'bob', p1Score: 1, p2Score: 0 })).toMatch('the final score is 0:1');
  });
});
