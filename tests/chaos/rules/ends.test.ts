import { describe, expect, test } from 'vitest';
import { played } from '../history-maker.ts';

describe('every match ends, and in time', () => {
  test('in Valkey', () => {
    const on = played();
    on.hash('R').phase = 'on';
    expect(on.wrong).toContain('R is still on in the end');
    const gone = played();
    Object.assign(gone.history.games.R ?? {}, { hash: undefined });
    expect(gone.wrong).toContain('R is not in Valkey');
  });

  test('nobody is told that it was lost', () => {
    const maker = played();
    maker.history.refusals.push({ at: 5_000, player: 'ada', connection: 1, code: 'match_lost' });
    expect(maker.wrong).toEqual(['ada is told that the match is lost']);
  });

  test('by the clock: neither too early nor too late', () => {
    expect(played({ endedAt: 9_990 }).wrong).toContain('R ended 10 ms too early');
    expect(played({ endedAt: 11_500 }).wrong).toEqual([]);
    expect(played({ endedAt: 11_600 }).wrong).toEqual([
      'R ended 1600 ms after its time, of which Valkey was out for 0',
    ]);
  });

  test('as much later as Valkey was out since', () => {
    const late = () => played({ endedAt: 12_000 });
    expect(late().fault('valkey', 'kill', 9_000, 10_600).wrong).toEqual([]);
    expect(late().fault('machine', 'pause', 9_000, 10_600).wrong).toEqual([]);
    expect(late().fault('valkey', 'kill', 9_000, 10_400).wrong).toHaveLength(1);
    expect(late().fault('game-ticker 1', 'kill', 9_000, 12_000).wrong).toHaveLength(1);
  });

  test('by quitting: of one who did', () => {
    const maker = played({ endedAt: 5_000, reason: 'quit' });
    expect(maker.wrong).toEqual(['R ended because bo quit, who did not']);
    maker.sitting('bo', 'R').quitAt = 4_990;
    expect(maker.wrong).toEqual([]);
    maker.sitting('bo', 'R').quitAt = 5_100;
    expect(maker.wrong).toEqual(['R ended because bo quit, who did not']);
  });
});

describe('who stays away for longer than the grace loses then, and nobody else does', () => {
  /** Bo is away from 3,000 ms on, and has lost at 7,000. */
  const lost = (endedAt = 7_000) => {
    const maker = played({ endedAt, reason: 'opponent_disconnected' }).close(3_000, 'bo');
    maker.hash('R').p2AwayUntil = '7000';
    maker.sitting('bo', 'R').overs = [];
    return maker;
  };

  test('neither too early nor too late', () => {
    expect(lost().wrong).toEqual([]);
    expect(lost(8_400).wrong).toEqual([]);
    expect(lost(8_600).wrong).toEqual(['R ended 1600 ms after the grace, of which Valkey was out for 0']);
    expect(lost(6_900).wrong).toEqual(['R ended by absence of bo, whose grace was over at 7000']);
    const none = lost();
    none.hash('R').p2AwayUntil = '0';
    expect(none.wrong).toEqual(['R ended by absence of bo, whose grace was over at no time']);
  });

  test('while both are away nobody wins', () => {
    const maker = lost(9_500).close(4_000, 'ada').connect(9_000, 'ada').resume(9_010, 'ada', 'R', 10);
    expect(maker.wrong.filter((what) => what.includes('after the grace'))).toEqual([]);
  });

  test('whoever was there has not lost', () => {
    const there = 'bo lost R by absence, and was there';
    const back = (at: number, closedAt = 20_000) => lost().connect(at, 'bo').close(closedAt, 'bo').wrong;
    expect(back(5_000)).toContain(there);
    expect(back(6_000)).not.toContain(there);
    expect(back(5_000, 6_900)).not.toContain(there);
    const troubled = lost().connect(5_000, 'bo').fault('gateway 1', 'stall', 3_500, 4_500);
    expect(troubled.wrong).not.toContain(there);
  });
});

describe('whoever is there at the end, or comes back after it, is told how it ended', () => {
  const silent = () => {
    const maker = played();
    maker.sitting('bo', 'R').overs = [];
    return maker;
  };
  const untold = (connection: number) => `bo, on connection ${connection}, is not told that R is over`;

  test('on a connection that stays', () => {
    expect(silent().wrong).toEqual([untold(1)]);
    expect(silent().close(11_400, 'bo').wrong).toEqual([]);
    expect(silent().close(11_600, 'bo').wrong).toEqual([untold(1)]);
  });

  test('later, when something was wrong', () => {
    const troubled = (closedAt: number) =>
      silent().fault('gateway 2', 'stall', 9_000, 10_000).close(closedAt, 'bo').wrong;
    expect(troubled(13_900)).toEqual([]);
    expect(troubled(14_100)).toEqual([untold(1)]);
    // What goes wrong afterwards is no excuse.
    expect(silent().fault('gateway 2', 'stall', 20_000, 69_000).wrong).toEqual([untold(1)]);
  });

  test('by the same page that comes back', () => {
    const back = (page: number) =>
      silent().close(9_900, 'bo').connect(10_100, 'bo', { gateway: 'gateway 2', page });
    expect(back(1).wrong).toEqual([untold(2)]);
    expect(back(2).wrong).toEqual([]);
    expect(back(1).close(11_500, 'bo').wrong).toEqual([]);
  });

  test('but for a page that finds the player in the next match', () => {
    const back = (at: number) => {
      const maker = silent().close(9_900, 'bo').connect(11_500, 'bo', { gateway: 'gateway 2', page: 1 });
      // Told by another page, by which bo plays on.
      return maker.connect(0, 'cy').match('S', 'cy', 'bo', { startsAt: at + 990 }).wrong;
    };
    expect(back(11_600)).toEqual([]);
    expect(back(13_100)).toEqual([untold(2)]);
  });
});

describe('golden cookies come one after the other, in time and never too early', () => {
  test('not more than there is time for', () => {
    const maker = played();
    maker.hash('R').goldenId = '8';
    expect(maker.wrong).toEqual([]);
    maker.hash('R').goldenId = '9';
    expect(maker.wrong).toEqual(['9 golden cookies in R, in 8000 ms of play']);
  });

  test('in time', () => {
    const maker = played();
    maker.hash('R').goldenDue = '8500';
    expect(maker.wrong).toEqual([]);
    maker.hash('R').goldenDue = '8400';
    expect(maker.wrong).toEqual(['a golden cookie of R was due 1600 ms before its end and did not come']);
    expect(maker.fault('valkey', 'kill', 8_400, 8_600).wrong).toEqual([]);
  });

  test('in order, on a connection', () => {
    const maker = played();
    maker.sitting('bo', 'R').spawns.push({ at: 9_500, connection: 1, id: 3 });
    expect(maker.wrong).toEqual(['bo is told of golden cookie 3 after 6']);
    const other = played().close(9_000, 'bo').connect(9_100, 'bo').resume(9_110, 'bo', 'R', 10);
    other.sitting('bo', 'R').spawns.push({ at: 9_500, connection: 2, id: 3 });
    expect(other.wrong.filter((what) => what.includes('golden'))).toEqual([]);
  });
});
