import type { GameStart, ServerFrame, Update } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { describe, expect, it } from 'vitest';
import { heatLevel } from '../arena/heat.ts';
import { clickWorth, type Match, type MatchFrame, reduce } from './match.ts';

const startsAt = 1_000_000;
const idle = { now: startsAt + 1_000, openClicks: 0 };

const start = (over: Partial<GameStart> = {}): ServerFrame => ({
  type: 'GAME_START',
  payload: {
    opponent: 'them',
    role: 'p2',
    roomId: 'room',
    timeRemaining: 60,
    p1Score: 0,
    p2Score: 0,
    p1Name: 'Theo',
    p2Name: 'Mia',
    p1Picture: '',
    p2Picture: 'mia.png',
    mode: 'ranked',
    p1Rating: 1_480,
    p2Rating: 1_520,
    startsAt,
    endsAt: startsAt + 60_000,
    now: startsAt - 5_000,
    seq: 0,
    ack: 0,
    resumed: false,
    rules: defaultRules,
    ...over,
  },
});
const update = (payload: Update): ServerFrame => ({ type: 'UPDATE', payload });
const spawn: ServerFrame = { type: 'COOKIE_SPAWN', payload: { x: 20, y: 80, id: 1 } };
const over = (winner: string, reason?: 'quit', ratingDelta?: number): ServerFrame => ({
  type: 'GAME_OVER',
  payload: { winner, reason, ratingDelta, p1Score: 12, p2Score: 9 },
});

/** The match after these frames, each seen with the same moment or with its own. */
function play(...steps: (MatchFrame | [MatchFrame, Partial<typeof idle>])[]): Match {
  let match: Match | undefined;
  for (const step of steps) {
    const [frame, moment] = Array.isArray(step) ? step : [step, {}];
    match = reduce(match, frame, { ...idle, ...moment });
  }
  if (!match) throw new Error('no match');
  return match;
}

describe('a match', () => {
  it('begins with GAME_START, seen from the own side', () => {
    const match = play(start());
    expect(match.mine).toMatchObject({ name: 'Mia', picture: 'mia.png', score: 0 });
    expect(match.theirs).toMatchObject({ name: 'Theo', picture: '' });
  });

  it('knows both ratings, and what kind of match it is', () => {
    const match = play(start(), update({ p1Score: 1, p2Name: 'Mia B.' }));
    expect(match).toMatchObject({ mode: 'ranked', mine: { rating: 1_520 }, theirs: { rating: 1_480 } });
    const practice = play(start({ mode: 'practice', p1Rating: undefined }));
    expect(practice).toMatchObject({ mode: 'practice', theirs: { rating: undefined } });
  });

  it('is nothing without one', () => {
    expect(reduce(undefined, update({ p1Score: 3 }), idle)).toBeUndefined();
  });

  it('changes what an update names and nothing else', () => {
    const match = play(start(), update({ p1Score: 3 }), update({ p2Name: 'Mia B.' }));
    expect(match.theirs.score).toBe(3);
    expect(match.mine).toMatchObject({ name: 'Mia B.', score: 0 });
  });

  it('counts the clicks of the opponent', () => {
    const click: ServerFrame = { type: 'OPPONENT_CLICK', payload: { count: 3 } };
    expect(play(start(), click, click).opponentClicks).toBe(6);
  });
});

describe('the shown score', () => {
  it('counts clicks that are under way', () => {
    expect(play(start(), [{ type: 'OWN_CLICK' }, { openClicks: 2 }]).shownScore).toBe(2);
  });

  it('stays as the server acknowledges them', () => {
    const match = play(
      start(),
      [{ type: 'OWN_CLICK' }, { openClicks: 2 }],
      [update({ p2Score: 1, ack: 1 }), { openClicks: 1 }],
      update({ p2Score: 2, ack: 2 }),
    );
    expect(match).toMatchObject({ shownScore: 2, mine: { score: 2 } });
  });

  it('does not fall when the server counts less, and goes on once it has caught up', () => {
    const dropped = [
      start(),
      [{ type: 'OWN_CLICK' }, { openClicks: 5 }],
      update({ p2Score: 3, ack: 5 }),
    ] satisfies Parameters<typeof play>;
    expect(play(...dropped).shownScore).toBe(5);
    expect(play(...dropped, update({ p2Score: 6, ack: 8 })).shownScore).toBe(6);
  });

  it('is the final score when the match is over', () => {
    expect(play(start(), [{ type: 'OWN_CLICK' }, { openClicks: 20 }], over('them')).shownScore).toBe(9);
  });

  it('stays when the page comes back to the match', () => {
    const match = play(
      start(),
      [{ type: 'OWN_CLICK' }, { openClicks: 4 }],
      [start({ p2Score: 3, ack: 3, resumed: true }), { openClicks: 1 }],
    );
    expect(match).toMatchObject({ shownScore: 4, ownClicks: 1 });
  });

  it('begins anew in another match', () => {
    const match = play(start(), [{ type: 'OWN_CLICK' }, { openClicks: 4 }], start({ roomId: 'next' }));
    expect(match).toMatchObject({ shownScore: 0, ownClicks: 0 });
  });
});

describe('the oven', () => {
  const clicks = Array.from({ length: 30 }, () => ({ type: 'OWN_CLICK' }) as const);

  it('gets hot by own clicks, and stays so as the page comes back to the match', () => {
    const match = play(start(), ...clicks, start({ resumed: true }));
    expect(heatLevel(match.heat, idle.now)).toBe(3);
  });

  it('is cold in another match', () => {
    expect(play(start(), ...clicks, start({ roomId: 'next' })).heat.clicks).toBe(0);
  });
});

describe('the golden cookie', () => {
  const bonusUntil = idle.now + 5_000;

  it('is there until it is replaced', () => {
    const next: ServerFrame = { type: 'COOKIE_SPAWN', payload: { x: 5, y: 6, id: 2 } };
    expect(play(start(), spawn).golden?.id).toBe(1);
    expect(play(start(), spawn, next).golden?.id).toBe(2);
  });

  it.each([
    ['me', 'mine', 'theirs'],
    ['them', 'theirs', 'mine'],
  ] as const)('gives a bonus to whoever claimed it: %s', (goldenCookieClaimedBy, claimer, other) => {
    const match = play(start(), spawn, update({ goldenCookieClaimedBy, bonusUntil }));
    expect(match.golden).toBeUndefined();
    expect(match.claim).toEqual({ by: claimer, at: idle.now });
    expect(clickWorth(match, match[claimer], idle.now)).toBe(2);
    expect(clickWorth(match, match[other], idle.now)).toBe(1);
    expect(clickWorth(match, match[claimer], bonusUntil)).toBe(1);
  });

  it('makes clicks under way count double at once', () => {
    const match = play(start(), update({ p2Score: 5, goldenCookieClaimedBy: 'me', bonusUntil }), [
      { type: 'OWN_CLICK' },
      { openClicks: 1 },
    ]);
    expect(match.shownScore).toBe(7);
  });

  it('leaves its bonus with the receiver of an update that names nobody', () => {
    expect(play(start(), update({ bonusUntil })).mine.bonusUntil).toBe(bonusUntil);
  });

  it('is as GAME_START says to whoever comes back, and so are the bonuses', () => {
    const golden = { id: 4, x: 1, y: 2 };
    const back = play(start(), spawn, update({ bonusUntil }), start({ resumed: true }));
    expect(back).toMatchObject({ golden: undefined, mine: { bonusUntil: 0 }, theirs: { bonusUntil: 0 } });
    const told = play(start({ resumed: true, golden, bonusUntil, opponentBonusUntil: bonusUntil + 1 }));
    expect(told).toMatchObject({ golden, mine: { bonusUntil }, theirs: { bonusUntil: bonusUntil + 1 } });
  });

  it('may have given the opponent a bonus that was not seen to begin', () => {
    const match = play(start(), update({ bonusUntil, opponentBonusUntil: bonusUntil + 1 }));
    expect(match).toMatchObject({ mine: { bonusUntil }, theirs: { bonusUntil: bonusUntil + 1 } });
  });
});

describe('an opponent who is cut off', () => {
  const until = idle.now + 9_000;

  it('is away until they are back', () => {
    const away = update({ opponentAwayUntil: until });
    expect(play(start(), away).absence).toEqual({ until });
    expect(play(start(), away, update({ p1Score: 3 })).absence).toEqual({ until });
    const back: [MatchFrame, Partial<typeof idle>] = [update({ opponentAwayUntil: 0 }), { now: until - 1 }];
    expect(play(start(), away, back).absence).toEqual({ until, backAt: until - 1 });
    expect(play(start(), back).absence).toBeUndefined();
  });

  it('is as GAME_START says to whoever comes back', () => {
    const away = update({ opponentAwayUntil: until });
    expect(play(start({ opponentAwayUntil: until })).absence).toEqual({ until });
    expect(play(start(), away, start({ resumed: true })).absence).toBeUndefined();
  });
});

describe('the end', () => {
  it.each([
    ['me', 'won'],
    ['them', 'lost'],
    ['draw', 'drawn'],
  ] as const)('winner %s: %s', (winner, outcome) => {
    const match = play(start(), spawn, over(winner));
    expect(match.result?.outcome).toBe(outcome);
    expect(match).toMatchObject({ mine: { score: 9 }, theirs: { score: 12 }, golden: undefined });
  });

  it('says why', () => {
    expect(play(start(), over('me', 'quit')).result).toMatchObject({ outcome: 'won', reason: 'quit' });
  });

  it('says what it did to the rating, if anything', () => {
    expect(play(start(), over('them', undefined, -8)).result?.ratingDelta).toBe(-8);
    expect(play(start(), over('draw', undefined, 0)).result?.ratingDelta).toBe(0);
    expect(play(start(), over('them')).result?.ratingDelta).toBeUndefined();
  });

  it('is when it was heard of, but no later than the clock allows', () => {
    expect(play(start(), over('me', 'quit')).result?.endedAt).toBe(idle.now);
    const late = play(start(), [over('me'), { now: startsAt + 70_000 }]);
    expect(late.result?.endedAt).toBe(startsAt + 60_000);
  });

  it('stands: what arrives later changes nothing', () => {
    const match = play(start(), over('them'));
    expect(reduce(match, update({ p2Score: 50 }), idle)).toBe(match);
  });
});

describe('a rematch', () => {
  const refused: ServerFrame = { type: 'ERROR', payload: { code: 'no_rematch', message: '' } };

  it('is wanted when the opponent asks for it after the match', () => {
    expect(play(start(), over('them')).rematch).toBeUndefined();
    expect(play(start(), over('them'), update({ rematch: 'them' })).rematch).toBe('wanted');
  });

  it('is not wanted because somebody else asks, or before the end', () => {
    expect(play(start(), over('them'), update({ rematch: 'me' })).rematch).toBeUndefined();
    expect(play(start(), update({ rematch: 'them' }), over('them')).rematch).toBeUndefined();
  });

  it('is refused by the server, and by nothing else that it refuses', () => {
    expect(play(start(), over('them'), refused).rematch).toBe('refused');
    const busy: ServerFrame = { type: 'ERROR', payload: { code: 'busy', message: '' } };
    expect(play(start(), over('them'), busy).rematch).toBeUndefined();
  });

  it('begins a match in which the one before leaves no trace', () => {
    const before = [start(), over('them', undefined, 5), update({ rematch: 'them' })];
    const next = start({ roomId: 'next', p2Rating: 1_525 });
    expect(play(...before, next)).toEqual(play(next));
  });
});
