import { defaultRules } from '@overcookied/shared/rules.ts';
import { describe, expect, it } from 'vitest';
import { cold, heated } from '../arena/heat.ts';
import type { Match } from '../match/match.ts';
import type { Wait } from '../state/wait.ts';
import { type Cue, cuesBetween, emptyScene, type Seen, sceneAfter } from './cues.ts';

const startsAt = 1_000_000;
const endsAt = startsAt + 60_000;

const side = { name: '', picture: '', rating: undefined, score: 0, bonusUntil: 0 };
const begun: Match = {
  roomId: 'room',
  mode: 'ranked',
  opponentId: 'them',
  role: 'p1',
  startsAt,
  endsAt,
  rules: defaultRules,
  mine: side,
  theirs: side,
  shownScore: 0,
  ownClicks: 0,
  heat: cold,
  opponentClicks: 0,
};

/** What is to be heard on the way: of each step, the match as it is from then on, and seconds since the start. */
function heard(...steps: [seconds: number, match: Partial<Match> | undefined, wait?: Wait][]): Cue[][] {
  let scene = emptyScene;
  let match: Match | undefined;
  const cues = steps.map(([seconds, change, wait]) => {
    match = change && { ...(match ?? begun), ...change };
    const seen: Seen = { match, wait, tastes: 0, now: startsAt + seconds * 1_000 };
    const next = sceneAfter(scene, seen);
    const found = cuesBetween(scene, next);
    scene = next;
    return found;
  });
  return cues.slice(1);
}
const names = (...steps: Parameters<typeof heard>) =>
  heard(...steps).map((cues) => cues.map(({ name }) => name));
const levels = (...steps: Parameters<typeof heard>) => heard(...steps).map((cues) => cues[0]?.level ?? -1);
const result = (outcome: 'won' | 'lost' | 'drawn') => ({
  result: { outcome, reason: undefined, endedAt: endsAt, ratingDelta: 0 },
});

describe('the countdown', () => {
  it('begins when the match is found, falls with the shown number, and ends with GO', () => {
    const frames = [-5, -4.5, -4, -3.9, -3, -2, -1, -0.1, 0, 0.5, 1].map(
      (at) => [at, {}] as [number, object],
    );
    expect(names([-5.1, undefined], ...frames)).toEqual([
      ['found'],
      [],
      ['count'],
      [],
      ['count'],
      ['count'],
      ['count'],
      [],
      ['go'],
      [],
      [],
    ]);
    const rising = levels([-4, {}], [-3, {}], [-2, {}], [-1, {}]);
    expect(rising).toEqual([...rising].sort());
    expect(new Set(rising).size).toBe(3);
  });

  it('is silent when the clock is put back a little', () => {
    expect(names([-2.9, {}], [-3.1, {}], [-3, {}])).toEqual([[], ['count']]);
  });

  it('is not made up for by a page that comes late', () => {
    expect(names([0, undefined], [20, {}])).toEqual([[]]);
    expect(names([-4, {}], [20, {}])).toEqual([[]]);
  });
});

describe('clicks', () => {
  it('sound on either side', () => {
    expect(names([1, {}], [1, { ownClicks: 1 }], [2, { opponentClicks: 3 }], [3, {}])).toEqual([
      ['click'],
      ['theirClick'],
      [],
    ]);
  });

  it('rise while they are fast', () => {
    let heat = cold;
    const clicks = Array.from({ length: 60 }, (_, i): [number, Partial<Match>] => {
      heat = heated(heat, startsAt + 1_000 + i * 70);
      return [1 + i * 0.07, { ownClicks: i, heat }];
    });
    const rising = levels(...clicks);
    expect(rising.slice(0, 12)).toEqual([...rising.slice(0, 12)].sort());
    expect(rising[0]).toBeLessThan(0.2);
    expect(rising.at(-1)).toBe(1);
  });

  it('sparkle while the bonus runs, and its end is heard once', () => {
    const mine = { ...side, bonusUntil: startsAt + 5_000 };
    expect(names([1, { mine }], [4, { ownClicks: 1 }], [5, {}], [5.1, {}], [5.2, { ownClicks: 2 }])).toEqual([
      ['bonusClick'],
      ['bonusEnd'],
      [],
      ['click'],
    ]);
  });
});

describe('the golden cookie', () => {
  const first = { id: 1, x: 10, y: 20 };

  it('is heard as it comes, also in place of another, and not when a page is told of it again', () => {
    const steps = [{ golden: first }, { golden: { ...first } }, { golden: { id: 2, x: 3, y: 4 } }];
    expect(names([1, {}], ...steps.map((step) => [2, step] as [number, object]))).toEqual([
      ['spawn'],
      [],
      ['spawn'],
    ]);
  });

  it.each([
    ['mine', 'goldenMine'],
    ['theirs', 'goldenTheirs'],
  ] as const)('tells that it is %s', (by, name) => {
    const claim = { by, at: startsAt + 2_000 };
    expect(names([1, { golden: first }], [2, { golden: undefined, claim }], [3, {}])).toEqual([[name], []]);
  });
});

describe('the lead', () => {
  const score = (mine: number, theirs: number) => ({ shownScore: mine, theirs: { ...side, score: theirs } });

  it('is told when it changes, also by way of a tie, and neither at first nor when it is kept', () => {
    const scores = [score(1, 0), score(1, 1), score(2, 1), score(2, 2), score(2, 3), score(5, 3)];
    const steps = scores.map((step, i) => [5 * i, step] as [number, object]);
    expect(names([-1, {}], ...steps)).toEqual([['go'], [], [], [], ['behind'], ['ahead']]);
  });

  it('is not told more often than one can take', () => {
    const steps = [score(1, 0), score(1, 2), score(3, 2), score(3, 4)];
    expect(names([1, {}], ...steps.map((step, i) => [1 + i * 0.1, step] as [number, object])).flat()).toEqual(
      [],
    );
  });

  it('is anybody’s in the next match', () => {
    const next = { ...score(0, 0), roomId: 'next' };
    expect(names([1, score(9, 0)], [2, next], [9, { ...next, ...score(0, 1) }])).toEqual([[], []]);
  });
});

describe('the end', () => {
  it('ticks through the last ten seconds, ever more urgent, and rings', () => {
    const frames = [49, 49.9, 50, 50.5, 51, 58, 59, 59.9, 60, 60.5].map((at) => [at, {}] as [number, object]);
    const cues = heard(...frames);
    expect(cues.flat().map(({ name }) => name)).toEqual(['tick', 'tick', 'tick', 'tick', 'bell']);
    const rising = cues
      .flat()
      .slice(0, 4)
      .map(({ level }) => level);
    expect(rising).toEqual([...rising].sort());
    expect(rising[3]).toBeGreaterThan(0.8);
  });

  it.each(['won', 'lost', 'drawn'] as const)('tells once that it was %s, and of nothing else', (outcome) => {
    const late = { ...result(outcome), ownClicks: 9, shownScore: 9 };
    expect(names([59, {}], [60.5, late], [61, {}])).toEqual([[outcome], []]);
  });

  it('lets a wish for another one be heard', () => {
    expect(names([61, result('won')], [62, { rematch: 'wanted' }], [63, {}])).toEqual([['rematch'], []]);
  });

  it('is followed by the next match', () => {
    const next = { ...begun, roomId: 'next', startsAt: endsAt + 9_000 };
    expect(names([61, result('won')], [64, undefined], [64, next])).toEqual([[], ['found']]);
  });
});

it('tells that the opponent is away, and back', () => {
  const until = startsAt + 9_000;
  const steps = [
    { absence: { until } },
    { absence: { until: until + 1 } },
    { absence: { until, backAt: 5 } },
    { absence: { until, backAt: 5 } },
    { absence: { until } },
  ];
  expect(names([1, {}], ...steps.map((step) => [2, step] as [number, object]))).toEqual([
    ['away'],
    [],
    ['back'],
    [],
    ['away'],
  ]);
});

it('hears the dough, and the roll that it becomes', () => {
  const wait = (kneads: number): Wait => ({ kind: 'ranked', since: 0, kneads });
  const steps = [0, 1, 1, 7, 8, 9].map((kneads) => [0, undefined, wait(kneads)] as [number, undefined, Wait]);
  expect(names([0, undefined], ...steps)).toEqual([[], ['knead'], [], ['knead'], ['roll'], ['knead']]);
});

it('hears each bite of the cookie that is there to try', () => {
  const scenes = [0, 1, 1, 2].map((tastes) => ({ ...emptyScene, tastes }));
  const cues = scenes.slice(1).map((scene, i) => cuesBetween(scenes[i] ?? emptyScene, scene));
  expect(cues.map((all) => all.map(({ name }) => name))).toEqual([['click'], [], ['click']]);
});
