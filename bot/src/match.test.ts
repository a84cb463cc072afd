import type { GameStart, Role } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { describe, expect, test } from 'vitest';
import { Match } from './match.ts';
import { Matches } from './matches.ts';

const endsAt = 61_000;

const start = (role: Role, roomId = 'room'): GameStart => ({
  opponent: role === 'p1' ? 'bob' : 'ann',
  role,
  roomId,
  timeRemaining: 60,
  p1Score: 0,
  p2Score: 0,
  p1Name: 'Ann',
  p2Name: 'Bob',
  p1Picture: '',
  p2Picture: '',
  mode: 'ranked',
  startsAt: 1_000,
  endsAt,
  now: 0,
  seq: 0,
  ack: 0,
  resumed: false,
  rules: defaultRules,
});

describe('Match', () => {
  test('tells how long each click took to the other side', () => {
    const match = new Match(start('p1'), true);
    match.clicked('p1', 100);
    match.clicked('p1', 110);
    match.clicked('p2', 111);
    match.clicked('p1', 120);
    expect(match.seen('p2', 2, 125)).toEqual([25, 15]);
    expect(match.seen('p2', 1, 126)).toEqual([6]);
    expect(match.seen('p1', 1, 127)).toEqual([16]);
    expect(match.seen('p1', 1, 128)).toEqual([]);
  });

  test('measures nothing after something was missed, on that side', () => {
    const match = new Match(start('p1'), true);
    match.clicked('p1', 100);
    match.clicked('p2', 100);
    match.missed('p2');
    match.clicked('p1', 110);
    expect(match.seen('p2', 2, 120)).toEqual([]);
    expect(match.seen('p1', 1, 120)).toEqual([20]);
  });

  test('measures nothing where the opponent is elsewhere', () => {
    const match = new Match(start('p1'), false);
    match.clicked('p1', 100);
    expect(match.seen('p2', 1, 120)).toEqual([]);
  });

  const over = { winner: 'ann', p1Score: 2, p2Score: 1 };

  test('is over once, and the same for both', () => {
    const match = new Match(start('p2'), true);
    expect(match.over('ann', over, endsAt)).toEqual({ first: true, wrong: [] });
    expect(match.over('bob', over, endsAt + 1)).toEqual({ first: false, wrong: [] });
  });

  test.each([
    { ...over, p1Score: 3 },
    { ...over, reason: 'quit' as const },
  ])('finds both told differently: %j', (other) => {
    const match = new Match(start('p1'), true);
    match.over('ann', over, endsAt);
    expect(match.over('bob', other, endsAt).wrong).toEqual([
      expect.stringContaining('the other "winner ann'),
    ]);
  });

  test.each([
    { ...over, winner: 'bob' },
    { ...over, winner: 'draw' },
    { winner: 'ann', p1Score: 1, p2Score: 1 },
    { winner: 'ann', p1Score: 1, p2Score: 2 },
  ])('finds the wrong winner: %j', (wrong) => {
    expect(new Match(start('p1'), false).over('ann', wrong, endsAt).wrong).toHaveLength(1);
  });

  test('may be over before its time for a reason only', () => {
    const soon = endsAt - 1_000;
    expect(new Match(start('p1'), false).over('ann', over, soon).wrong).toEqual(['over 1000 ms too early']);
    const quit = { winner: 'bob', p1Score: 2, p2Score: 1, reason: 'quit' as const };
    expect(new Match(start('p1'), false).over('ann', quit, soon).wrong).toEqual([]);
  });
});

describe('Matches', () => {
  const matchesOf = (...players: string[]) => {
    const matches = new Matches();
    for (const player of players) matches.addPlayer(player, () => 5_000);
    return matches;
  };

  test('are one for both players, until both have left', () => {
    const matches = matchesOf('ann', 'bob');
    const { match, first } = matches.enter('ann', start('p1'));
    expect(first).toBe(true);
    matches.leave('ann');
    expect(matches.size).toBe(1);
    expect(matches.enter('bob', start('p2'))).toEqual({ match, first: false });
    matches.leave('bob');
    expect(matches.size).toBe(0);
  });

  test('do not wait for an opponent who is elsewhere', () => {
    const matches = matchesOf('ann');
    matches.enter('ann', start('p1'));
    matches.leave('ann');
    expect(matches.size).toBe(0);
  });

  test('do not wait for who was never told and plays another match', () => {
    const matches = matchesOf('ann', 'bob');
    matches.enter('ann', start('p1'));
    matches.leave('ann');
    matches.enter('bob', start('p2', 'other'));
    expect(matches.size).toBe(1);
    matches.removePlayer('bob');
    matches.leave('ann');
    expect(matches.size).toBe(0);
  });

  test('know who was never told, although connected', () => {
    const matches = matchesOf('ann', 'bob');
    matches.enter('ann', start('p1'));
    expect(matches.isUntold('room', 'bob')).toBe(true);
    matches.addPlayer('bob', () => 0);
    expect(matches.isUntold('room', 'bob')).toBe(false);
    matches.addPlayer('bob', () => 5_000);
    matches.enter('bob', start('p2'));
    expect(matches.isUntold('room', 'bob')).toBe(false);
    expect(matches.isUntold('room', 'stranger')).toBe(false);
  });
});
