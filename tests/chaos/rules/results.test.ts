import { describe, expect, test } from 'vitest';
import { played } from '../history-maker.ts';

describe('a match has one winner and one result, and both sides are told the same', () => {
  test('who wins follows from the score, or from who gave up', () => {
    const maker = played();
    maker.hash('R').winner = 'bo';
    expect(maker.wrong).toContain('R was won by bo');
    const draw = played({ clicks: [5, 5], claims: 0 });
    expect(draw.wrong).toContain('R was won by ada');
    const strange = played({ endedAt: 5_000, reason: 'quit' });
    strange.hash('R').winner = 'cy';
    expect(strange.wrong).toContain('R was won by cy');
  });

  test('as told', () => {
    const maker = played();
    const over = maker.sitting('bo', 'R').overs[0];
    if (over) over.p1Score = 7;
    expect(maker.wrong).toEqual(['bo is told another end of R than Valkey has']);
    const twice = played();
    const bo = twice.sitting('bo', 'R');
    bo.overs.push(...bo.overs);
    expect(twice.wrong).toEqual(['bo is told twice on one connection that R is over']);
    const other = played();
    other.sitting('bo', 'R').opponent = 'cy';
    expect(other.wrong).toEqual(['bo is told that they meet cy']);
  });

  test('recorded once for each', () => {
    const none = played();
    none.results('R', 'bo').length = 0;
    expect(none.wrong).toContain('R is 0 times in the list of bo');
    const twice = played();
    const entries = twice.results('R', 'ada');
    entries.push(...entries);
    expect(twice.wrong).toEqual(['R is 2 times in the list of ada']);
  });

  test.each([
    ['score', 9],
    ['opponentScore', 9],
    ['winnerId', 'bo'],
    ['opponent', 'cy'],
  ])('recorded as it ended: %s', (field, value) => {
    const maker = played();
    Object.assign(maker.results('R', 'bo')[0] ?? {}, { [field]: value });
    expect(maker.wrong).toEqual([expect.stringContaining('R is in the list of bo as {')]);
  });
});

describe('totals are the sums of what was played', () => {
  test.each(['matches', 'points', 'won', 'lost', 'rating'])('%s', (field) => {
    const maker = played().match('S', 'bo', 'ada', { startsAt: 12_000 });
    expect(maker.wrong).toEqual([]);
    const totals = maker.history.left.players.ada ?? {};
    const before = totals[field];
    totals[field] = String(Number(before) + 1);
    expect(maker.wrong).toEqual([
      `ada has ${field} ${Number(before) + 1}, and the matches add up to ${before}`,
    ]);
  });

  test('draws are neither won nor lost', () => {
    const maker = played({ clicks: [5, 5], claims: 0 });
    maker.hash('R').winner = 'draw';
    expect(maker.wrong).toContain('ada has drawn undefined, and the matches add up to 1');
    expect(maker.wrong).toContain('ada has won 1, and the matches add up to 0');
  });

  test('a match of which nobody was told is one of them', () => {
    const maker = played();
    maker.history.sittings.length = 0;
    expect(maker.wrong).toEqual([]);
  });
});

describe('nobody is in two matches at once', () => {
  test('by when they were made and ended', () => {
    const two = (startsAt: number) => played().connect(0, 'cy').match('S', 'cy', 'bo', { startsAt });
    expect(two(10_900).wrong).toContain('bo is in S, made 100 ms before R ended');
    expect(two(11_000).wrong).toEqual([]);
  });

  test('also if another one was in between', () => {
    const maker = played({ endedAt: 10_000 }).connect(0, 'cy');
    maker.match('S', 'cy', 'bo', { startsAt: 4_000, endedAt: 5_000, reason: 'quit' });
    maker.match('T', 'cy', 'bo', { startsAt: 8_000 });
    expect(maker.wrong).toContain('bo is in T, made 3000 ms before R ended');
  });
});

describe('when nobody wants anything any more, nothing is left over', () => {
  test('in any place', () => {
    const { left } = played().history;
    expect(left).toBeDefined();
    const maker = played();
    Object.assign(maker.history.left, {
      queue: ['ada'],
      tickets: { bo: '@R' },
      pending: { S: '{}' },
      presences: { ada: { room: 'T' }, bo: { room: 'R' } },
    });
    expect(maker.wrong).toEqual([
      'ada is still in the queue',
      'bo still has the ticket @R',
      'S is still to be announced: {}',
      'ada is still in T',
    ]);
  });
});

describe('whoever waits in the common queue is soon in a match', () => {
  const waiting = (from: number, until: number) => {
    const maker = played();
    maker.history.waits.push({ player: 'bo', connection: 1, from, until });
    return maker;
  };

  test('once nothing is wrong', () => {
    expect(waiting(11_000, 20_000).wrong).toEqual([]);
    expect(waiting(11_000, 20_100).wrong).toEqual(['bo waits for 9100 ms, at gateway 2']);
    expect(waiting(11_000, 20_100).fault('gateway 2', 'stall', 12_000, 13_000).wrong).toEqual([]);
    expect(waiting(11_000, 20_100).fault('matchmaker 1', 'kill', 12_000, 13_000).wrong).toHaveLength(1);
  });

  test('not when the others have left', () => {
    expect(waiting(50_500, Number.POSITIVE_INFINITY).wrong).toEqual([]);
    expect(waiting(49_000, Number.POSITIVE_INFINITY).wrong).toEqual(['bo waits for 10000 ms, at gateway 2']);
  });
});
