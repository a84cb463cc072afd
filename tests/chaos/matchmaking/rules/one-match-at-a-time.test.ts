import { describe, expect, test } from 'vitest';
import { join, played, wrong } from '../tales.ts';

describe('nobody is in two matches at once', () => {
  const second = (at: number) => {
    const maker = join(150, played().connect(0, 'cy'), 'cy');
    return join(1_150, maker, 'ada').match(at, 'S', 'ada', 'cy');
  };

  test('as told: one match while another is on', () => {
    expect(wrong(second(1_099))).not.toEqual([]);
    expect(wrong(second(1_050))).toContain('ada is told of S while in R');
    expect(wrong(second(1_200))).toEqual([]);
  });

  test('as told: the end is what came first of the frame and what Valkey says', () => {
    const late = second(1_200);
    late.tell(1_250, 'ada', 'UPDATE');
    late.game('R').endedAt = '1150';
    expect(wrong(late)).toEqual([]);
    late.game('R').endedAt = '1400';
    expect(wrong(late)).toEqual(['ada is in S from before R ended, as Valkey has it']);
  });

  test('as stored: also if nobody was told', () => {
    const both = (at: number) => {
      const maker = played().match(at, 'S', 'ada', 'bo', { told: [] });
      for (const player of ['ada', 'bo']) maker.close(190, player);
      return maker;
    };
    expect(wrong(both(1_000))).toContain('ada is in S from before R ended, as Valkey has it');
    expect(wrong(both(1_100))).toEqual([]);
  });

  test('nobody is told anew of what is over; whoever comes back may be', () => {
    const again = (resumed: boolean) =>
      played()
        .connect(1_200, 'ada')
        .tell(1_300, 'ada', 'GAME_START', {
          roomId: 'R',
          role: 'p1',
          opponent: 'bo',
          mode: 'ranked',
          resumed,
        })
        .tell(1_300, 'ada', 'GAME_OVER', { winner: 'ada', p1Score: 5, p2Score: 3 });
    expect(wrong(again(false))).toEqual(['ada is told anew of R, which is over']);
    expect(wrong(again(true))).toEqual([]);
  });

  test('a return to a match is no second one', () => {
    const start = { roomId: 'R', role: 'p1', opponent: 'bo', mode: 'ranked', resumed: true };
    const back = played().connect(500, 'ada').tell(600, 'ada', 'GAME_START', start);
    back.tell(1_100, 'ada', 'GAME_OVER', { winner: 'ada', p1Score: 5, p2Score: 3 });
    expect(wrong(back)).toEqual([]);
  });
});
