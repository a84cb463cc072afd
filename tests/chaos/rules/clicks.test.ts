import { describe, expect, test } from 'vitest';
import { played } from '../history-maker.ts';

describe('no acknowledged click is lost', () => {
  test('whatever number was told', () => {
    const maker = played();
    Object.assign(maker.hash('R'), { p2Ack: '9', p2Counted: '9', p2Score: '9' });
    expect(maker.wrong).toContain('bo was told that 10 clicks are dealt with; in the end it is 9');
  });

  test('every number up to it is counted, but for those that never came', () => {
    const maker = played();
    Object.assign(maker.hash('R'), { p2Ack: '12', p2Holes: '3-4' });
    maker.sitting('bo', 'R').pages[0]?.made.push(9_700, 9_800);
    const wrong = 'bo has 12 clicks dealt with, of which 10 are counted';
    expect(maker.wrong).not.toContain(wrong);
    maker.hash('R').p2Holes = '';
    expect(maker.wrong).toEqual([wrong]);
  });

  test('what is counted is in the score', () => {
    const maker = played();
    for (const name of ['p2Score', 'p2Ack'] as const) maker.hash('R')[name] = '9';
    expect(maker.wrong).toContain('bo has 10 clicks counted, and 9 in the score');
  });

  test('whoever comes back finds what was told before', () => {
    const back = (ack: number) =>
      played().close(2_500, 'ada').connect(2_510, 'ada').resume(2_600, 'ada', 'R', ack);
    expect(back(4).wrong).toContain('ada comes back, and less is dealt with than was told before');
    expect(back(5).wrong).not.toContain('ada comes back, and less is dealt with than was told before');
    const troubled = back(4).fault('valkey', 'kill', 2_300, 2_400);
    expect(troubled.wrong).not.toContain('ada comes back, and less is dealt with than was told before');
  });
});

describe('no click or claim is counted twice, or comes from nowhere', () => {
  test('clicks with numbers', () => {
    const twice = played();
    Object.assign(twice.hash('R'), { p2Counted: '11', p2Score: '11' });
    expect(twice.wrong).toContain('bo has 10 clicks dealt with, and 11 are counted');
    const nowhere = played();
    Object.assign(nowhere.hash('R'), { p2Ack: '11', p2Counted: '11', p2Score: '11' });
    expect(nowhere.wrong).toContain('bo made 10 clicks, and 11 are dealt with');
    const score = played();
    score.hash('R').p2Score = '11';
    expect(score.wrong).toContain('bo has 10 clicks counted, and 11 in the score');
  });

  test('clicks without numbers', () => {
    const original = (counted: number) => {
      const maker = played();
      Object.assign(maker.hash('R'), { p2Ack: '0', p2Counted: String(counted), p2Score: String(counted) });
      const bo = maker.sitting('bo', 'R');
      bo.acks = [];
      Object.assign(bo.pages[0] ?? {}, { base: -1 });
      return maker.wrong;
    };
    expect(original(11)).toContain('bo sent 10 clicks, and 11 are counted');
    expect(original(10).filter((what) => what.includes('clicks'))).toEqual([]);
  });

  test('claims', () => {
    const maker = played();
    maker.hash('R').goldenId = '0';
    expect(maker.wrong).toContain('1 and 0 claims count in R, of 0 golden cookies');
    const unasked = played();
    unasked.sitting('ada', 'R').claims = 0;
    expect(unasked.wrong).toContain('ada claimed 0 times, and 1 claims count');
  });
});

describe('no click counts from before the start or after the end', () => {
  test('nothing is told before the start', () => {
    const maker = played();
    maker.sitting('bo', 'R').acks.unshift({ at: 1_900, connection: 1, ack: 1 });
    expect(maker.wrong).toEqual(['bo is told of a click 100 ms before the start']);
  });

  test('a click with a number that was made after the end', () => {
    const late = (at: number) => {
      const maker = played();
      const made = maker.sitting('bo', 'R').pages[0]?.made ?? [];
      made[9] = at;
      return maker.wrong;
    };
    expect(late(10_100)).toEqual(["bo's click 10 counts, made 100 ms after the end"]);
    expect(late(10_010)).toEqual([]);
  });

  test('the end is when it was due, should nobody have said so yet', () => {
    const maker = played({ endedAt: 10_900 });
    const made = maker.sitting('bo', 'R').pages[0]?.made ?? [];
    made[9] = 10_500;
    expect(maker.wrong).toEqual(["bo's click 10 counts, made 500 ms after the end"]);
  });

  test('of two clicks of the same number it may be the first', () => {
    const maker = played();
    maker.sitting('bo', 'R').pages.push({ base: 9, made: [10_100], on: [1] });
    expect(maker.wrong).toEqual([]);
  });

  test('clicks without numbers: no more than were sent in the window', () => {
    const original = (at: number) => {
      const maker = played();
      maker.hash('R').p2Ack = '0';
      const bo = maker.sitting('bo', 'R');
      bo.acks = [];
      const page = bo.pages[0];
      if (page) Object.assign(page, { base: -1 });
      if (page) page.made[0] = at;
      return maker;
    };
    const wrong = 'bo sent 9 clicks in the window, and 10 are counted';
    expect(original(1_500).wrong).toEqual([wrong]);
    expect(original(1_900).wrong).toEqual([]);
    expect(original(10_100).wrong).toEqual([wrong]);
    // Held up on the way, it came after the start.
    expect(original(1_500).fault('gateway 2', 'delay players', 1_400, 1_600).wrong).toEqual([]);
  });
});

describe('a click made in time, where nothing is wrong, counts', () => {
  const lost = () => {
    const maker = played();
    const page = maker.sitting('bo', 'R').pages[0];
    page?.made.push(9_000);
    page?.on.push(1);
    return maker;
  };
  const wrong = "bo's click 11, made 1000 ms before the end, does not count";

  test('on a connection that holds to the end', () => {
    expect(lost().wrong).toEqual([wrong]);
    expect(lost().close(9_900, 'bo').connect(9_910, 'bo').wrong).not.toContain(wrong);
  });

  test('not if it was too late, or there was no connection', () => {
    const late = lost();
    late.sitting('bo', 'R').pages[0]?.made.splice(10, 1, 9_600);
    expect(late.wrong).toEqual([]);
    const offline = lost();
    offline.sitting('bo', 'R').pages[0]?.on.splice(10, 1, 0);
    expect(offline.wrong).toEqual([]);
  });

  test('not if something was wrong with the gateway, its links or Valkey', () => {
    expect(lost().fault('gateway 2', 'cut', 9_500, 9_500).wrong).toEqual([]);
    expect(lost().fault('gateway 2', 'stall', 6_000, 7_000).wrong).toEqual([]);
    expect(lost().fault('valkey', 'sleep', 9_500, 9_600).wrong).toEqual([]);
    expect(lost().fault('machine', 'pause', 9_500, 9_600).wrong).toEqual([]);
    expect(lost().fault('gateway 1', 'cut', 9_500, 9_500).wrong).toEqual([wrong]);
    expect(lost().fault('gateway 2', 'stall', 3_000, 4_000).wrong).toEqual([wrong]);
  });

  test('one that never came leaves a hole', () => {
    const maker = played();
    Object.assign(maker.hash('R'), { p2Holes: '5-5', p2Counted: '9', p2Score: '9' });
    expect(maker.wrong).toContain("bo's click 5, made 7550 ms before the end, does not count");
  });

  test('clicks without numbers: as many as were sent then', () => {
    const maker = lost();
    const bo = maker.sitting('bo', 'R');
    Object.assign(bo.pages[0] ?? {}, { base: -1 });
    bo.acks = [];
    maker.hash('R').p2Ack = '0';
    expect(maker.wrong).toEqual([]);
    Object.assign(maker.hash('R'), { p2Counted: '9', p2Score: '9' });
    expect(maker.wrong).toContain('bo sent 10 clicks in time, and 9 are counted');
  });
});
