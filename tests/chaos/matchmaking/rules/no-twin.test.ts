import { describe, expect, test } from 'vitest';
import { HistoryMaker } from '../history-maker.ts';
import { invite, join, played, wrong } from '../tales.ts';

describe('a match has two players, who name each other and wanted each other', () => {
  test('the sides agree', () => {
    const maker = played();
    const start = maker.events.find(({ kind }) => kind === 'told');
    if (start?.kind !== 'told') throw new Error('nobody was told');
    start.payload.opponent = 'cy';
    expect(wrong(maker)).toEqual(['R is of ada and bo, but ada is told otherwise']);
    start.payload = { ...start.payload, opponent: 'bo', role: 'p2' };
    expect(wrong(maker)).toEqual(['R is of ada and bo, but ada is told otherwise']);
    start.payload = { ...start.payload, role: 'p1', mode: 'private' };
    expect(wrong(maker)).toContain('R is of ada and bo, but bo is told otherwise');
  });

  test('nobody meets themself', () => {
    const maker = join(100, new HistoryMaker().connect(0, 'ada'), 'ada');
    maker.match(200, 'R', 'ada', 'ada', { told: ['ada'] });
    expect(wrong(maker)).toContain('ada meets themself in R');
  });

  test('nobody is in a match out of the queue who did not ask since the last one', () => {
    const again = (ask: string | undefined) => {
      const maker = join(1_150, played(), 'bo');
      if (ask) maker.send(1_150, 'ada', ask);
      return maker.match(1_200, 'S', 'ada', 'bo');
    };
    expect(wrong(again(undefined))).toEqual(['ada is in S, out of the common queue, without having asked']);
    expect(wrong(again('JOIN_QUEUE'))).toEqual([]);
    expect(wrong(again('REMATCH'))).toEqual([]);
  });

  test('a private match joins two with the same code, or once more', () => {
    const friends = (one: string, other: string) =>
      new HistoryMaker()
        .connect(0, 'ada', 'bo')
        .send(100, 'ada', 'JOIN_QUEUE', invite(one))
        .send(100, 'bo', 'JOIN_QUEUE', invite(other))
        .match(200, 'R', 'ada', 'bo', { mode: 'private' });
    expect(wrong(friends('x', 'y'))).toEqual(['ada and bo meet in R without a common code']);
    expect(wrong(friends('x', 'x'))).toEqual([]);
    const again = friends('x', 'x').send(1_150, 'ada', 'REMATCH').send(1_150, 'bo', 'REMATCH');
    expect(wrong(again.match(1_200, 'S', 'ada', 'bo', { mode: 'private' }))).toEqual([]);
  });

  test('a code that was asked for while another pair was on its way still holds', () => {
    const maker = new HistoryMaker()
      .connect(0, 'ada', 'bo', 'cy')
      .send(100, 'ada', 'JOIN_QUEUE', invite('x'))
      .send(100, 'bo', 'JOIN_QUEUE', invite('x'))
      .send(150, 'ada', 'JOIN_QUEUE', invite('y'))
      .send(150, 'cy', 'JOIN_QUEUE', invite('y'))
      .match(200, 'R', 'ada', 'bo', { mode: 'private' })
      .match(1_200, 'S', 'ada', 'cy', { mode: 'private' });
    expect(wrong(maker)).toEqual([]);
  });

  test('a code makes one match', () => {
    const four = (code: string) =>
      new HistoryMaker()
        .connect(0, 'ada', 'bo', 'cy', 'di')
        .send(100, 'ada', 'JOIN_QUEUE', invite('x'))
        .send(100, 'bo', 'JOIN_QUEUE', invite('x'))
        .send(300, 'cy', 'JOIN_QUEUE', invite(code))
        .send(300, 'di', 'JOIN_QUEUE', invite(code))
        .match(200, 'R', 'ada', 'bo', { mode: 'private' })
        .match(400, 'S', 'cy', 'di', { mode: 'private' });
    expect(wrong(four('x'))).toEqual(['the code x made two matches: R and S']);
    expect(wrong(four('y'))).toEqual([]);
  });
});
