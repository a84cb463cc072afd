import { describe, expect, test } from 'vitest';
import type { HistoryMaker } from '../history-maker.ts';
import { join, played, wrong } from '../tales.ts';

describe('a match is recorded once for each of its players, as it ended', () => {
  const entries = (maker: HistoryMaker, player: string) => maker.records.results[player] ?? [];

  test('neither twice nor never', () => {
    const twice = played();
    entries(twice, 'bo').push(...entries(twice, 'bo'));
    expect(wrong(twice)).toContain('R is 2 times in the history of bo');
    const never = played();
    never.records.results.bo = [];
    expect(wrong(never)).toContain('R is 0 times in the history of bo');
  });

  test.each([{ score: 4 }, { opponentScore: 6 }, { winnerId: 'draw' }, { opponent: 'cy' }])(
    'with %j',
    (other) => {
      const maker = played();
      Object.assign(entries(maker, 'ada')[0] ?? {}, other);
      expect(
        wrong(maker).some((what) => what.startsWith('R ended 5:3 for ada, won by ada; recorded is')),
      ).toBe(true);
    },
  );

  test.each(['matches', 'points', 'rating'])('with %s that add up', (field) => {
    const maker = join(1_150, played(), 'ada', 'bo').match(1_200, 'S', 'bo', 'ada');
    expect(wrong(maker)).toEqual([]);
    const { ada } = maker.records.players;
    const right = Number(ada?.[field]);
    Object.assign(ada ?? {}, { [field]: String(right + 1) });
    expect(wrong(maker)).toEqual([`ada has ${field} ${right + 1}, their list adds up to ${right}`]);
  });

  test('unless the list is full and has dropped it', () => {
    const maker = played();
    const other = { gameId: 'older', opponent: 'x', score: 0, opponentScore: 0, winnerId: 'draw' };
    for (const player of ['ada', 'bo'])
      maker.records.results[player] = Array.from({ length: 100 }, () => other);
    expect(wrong(maker)).toEqual([]);
    for (const player of ['ada', 'bo']) entries(maker, player).pop();
    expect(wrong(maker)).toContain('R is 0 times in the history of ada');
  });
});
