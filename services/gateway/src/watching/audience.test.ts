import { ValkeyClock } from '@overcookied/shared/clock.ts';
import { parseMatch, rulesToFields } from '@overcookied/shared/match/state.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readMetric } from '../../../../tests/support/metric.ts';
import { Audience, atOnce, leastPauseMs, mostPauseMs, type Spectator } from './audience.ts';

/** Writes down what it is told. */
class Witness implements Spectator {
  readonly frames: WatchFrame[] = [];
  readonly texts: string[] = [];
  end: string | undefined;

  tell(frame: WatchFrame, text: string): void {
    expect(this.end).toBeUndefined();
    this.frames.push(frame);
    this.texts.push(text);
  }

  ended(): void {
    this.end = 'over';
  }

  dismissed(code: string): void {
    this.end = code;
  }

  sendAway(code: number): void {
    this.end = String(code);
  }

  get types(): string[] {
    return this.frames.map(({ type }) => type);
  }

  /** Scores of the first side, as they were told. */
  get scores(): number[] {
    return this.frames.map(
      ({ payload }) => ('state' in payload ? payload.state : (payload as never)).p1.score,
    );
  }
}

/** A match in which the first side has so many points. */
function match(p1Score: number, isOver = false) {
  const fields = {
    ...{ phase: isOver ? 'over' : 'on', seq: p1Score, startsAt: 1, endsAt: 2, p1: 'ada', p2: 'bo', p1Score },
    ...rulesToFields(defaultRules),
  };
  const hash = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const state = parseMatch('room', hash);
  if (!state) throw new Error('no match');
  return state;
}

let metrics: Metrics;
let audience: Audience;
/** What goes on besides. */
let timers: number;

beforeEach(() => {
  vi.useFakeTimers();
  metrics = new Metrics('test');
  const valkey = { on: () => {} } as never;
  const parts = {
    clock: new ValkeyClock(valkey, undefined as never, metrics),
    watchFrames: metrics.counter('watch_frames_sent_total', 'For the test.'),
  };
  audience = new Audience(parts, undefined);
  timers = vi.getTimerCount();
});
afterEach(() => {
  vi.useRealTimers();
});

function join(count = 1): Witness[] {
  const witnesses = Array.from({ length: count }, () => new Witness());
  for (const witness of witnesses) audience.add(witness);
  return witnesses;
}

test('who comes before the match is known is told of it when it is, who comes later at once', () => {
  const [early] = join();
  expect(early?.types).toEqual([]);
  audience.show(match(3), true);
  const [late] = join();
  expect([early?.types, late?.types]).toEqual([['WATCH_START'], ['WATCH_START']]);
  expect([early?.scores, late?.scores]).toEqual([[3], [3]]);
});

test('clicks are told of together, the first at once and the newest last', () => {
  audience.show(match(0), true);
  const [witness] = join();
  vi.advanceTimersByTime(leastPauseMs);
  for (let points = 1; points <= 100; points++) {
    audience.show(match(points), false);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(leastPauseMs);
  expect(witness?.scores.slice(0, 3)).toEqual([0, 1, 20]);
  expect(witness?.scores.at(-1)).toBe(100);
  expect(witness?.frames.length).toBeLessThanOrEqual(2 + 1_000 / leastPauseMs);
});

test('what is more than a click is told at once', () => {
  audience.show(match(0), true);
  const [witness] = join();
  for (const points of [1, 2, 3]) audience.show(match(points), true);
  expect(witness?.scores).toEqual([0, 1, 2, 3]);
});

test('when nothing happens the time is told within a second', () => {
  audience.show(match(0), true);
  const [witness] = join();
  vi.advanceTimersByTime(10_000);
  expect(mostPauseMs).toBeLessThan(1_000);
  expect(witness?.frames).toHaveLength(1 + Math.floor(10_000 / mostPauseMs));
  const times = witness?.frames.slice(1).map(({ payload }) => (payload as { now: number }).now) ?? [];
  for (const [i, time] of times.slice(1).entries()) expect(time - (times[i] ?? 0)).toBe(mostPauseMs);
});

test('nobody is told anything when all have gone', () => {
  audience.show(match(0), true);
  const [witness] = join();
  if (witness) audience.remove(witness);
  expect(audience.size).toBe(0);
  audience.show(match(1), true);
  expect(vi.getTimerCount()).toBe(timers);
  expect(witness?.types).toEqual(['WATCH_START']);
});

test('the end is told to each, also to who has heard of nothing yet, and is the last', () => {
  const [early] = join();
  audience.end(match(7, true));
  expect([early?.types, early?.scores, early?.end]).toEqual([['WATCH_START', 'WATCH_OVER'], [7, 7], 'over']);
  expect(vi.getTimerCount()).toBe(timers);
});

test('where there is no match all are told so', () => {
  const witnesses = join(3);
  audience.dismiss('no_such_match', 'there is none');
  expect(witnesses.map(({ end }) => end)).toEqual(Array(3).fill('no_such_match'));
});

test('a crowd that is told so is not told what it was owed', async () => {
  vi.useRealTimers();
  audience.show(match(0), true);
  const crowd = join(2 * atOnce);
  audience.show(match(1), true);
  audience.dismiss('match_lost', 'it is gone');
  const last = crowd.at(-1);
  await expect.poll(() => last?.end).toBeDefined();
  expect([last?.types, last?.end]).toEqual([['WATCH_START'], 'match_lost']);
});

test('while the match cannot be read no time is told, with which an old score would pass for a new one', () => {
  audience.show(match(3), true);
  const [early] = join();
  audience.pause();
  const [late] = join();
  vi.advanceTimersByTime(10 * mostPauseMs);
  expect([early?.types, late?.types]).toEqual([['WATCH_START'], ['WATCH_START']]);
  for (const witness of [early, late]) if (witness) audience.remove(witness);
  const [alone] = join();
  vi.advanceTimersByTime(10 * mostPauseMs);
  expect(alone?.types).toEqual(['WATCH_START']);
  audience.show(match(4), true);
  vi.advanceTimersByTime(mostPauseMs);
  expect(alone?.scores).toEqual([3, 4, 4]);
  expect(alone?.end).toBeUndefined();
});

test('who knows nothing of a match that cannot be read is sent to another gateway', () => {
  const [witness] = join();
  audience.pause();
  expect([witness?.types, witness?.end]).toEqual([[], '1013']);
});

test('a crowd is told in parts, between which it is others’ turn, and by one text for all', async () => {
  vi.useRealTimers();
  const size = 4 * atOnce;
  audience.show(match(0), true);
  const crowd = join(size);
  const told = () => crowd.filter(({ scores }) => scores.at(-1) === 1).length;
  audience.show(match(1), true);
  // A player's frame that came meanwhile would be dealt with here.
  const turns: number[] = [told()];
  while (told() < size) {
    await new Promise((resolve) => setImmediate(resolve));
    turns.push(told());
  }
  expect(turns).toEqual([1, 2, 3, 4].map((turn) => turn * atOnce));
  expect(new Set(crowd.map(({ texts }) => texts.at(-1))).size).toBe(1);
  expect(new Set(crowd.map(({ frames }) => frames.at(-1))).size).toBe(1);
  expect(await readMetric(metrics, 'watch_frames_sent_total')).toBe(2 * size);
  for (const witness of crowd) audience.remove(witness);
});

test('who is not told yet when something newer is there is told that alone', async () => {
  vi.useRealTimers();
  const size = 3 * atOnce;
  audience.show(match(0), true);
  const crowd = join(size);
  for (const points of [1, 2, 3]) audience.show(match(points), true);
  audience.end(match(4, true));
  while (crowd.some(({ end }) => end === undefined)) await new Promise((resolve) => setImmediate(resolve));
  for (const { scores } of crowd) expect(scores.at(-1)).toBe(4);
  const told = crowd.reduce((sum, { frames }) => sum + frames.length, 0);
  // The first part was told the first news before there was any other.
  expect(told).toBe(size + atOnce + size);
});
