import { describe, expect, test } from 'vitest';
import { type PlannedFault, recoveryMs, scheduleOf } from './schedule.ts';

const minutes = (n: number) => n * 60_000;
const until = ({ at, forMs }: PlannedFault) => at + forMs;

describe('the schedule of the faults', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(scheduleOf(7, minutes(2))).toEqual(scheduleOf(7, minutes(2)));
    expect(scheduleOf(8, minutes(2))).not.toEqual(scheduleOf(7, minutes(2)));
  });

  test('of a longer run begins like that of a shorter one', () => {
    const short = scheduleOf(7, minutes(2)).filter(({ at }) => at < minutes(1.5));
    const long = scheduleOf(7, minutes(5)).filter(({ at }) => at < minutes(1.5));
    expect(long).toEqual(short);
  });

  test('has some faults a second, of every kind, for every target', () => {
    const faults = scheduleOf(1, minutes(30));
    expect(faults.length / (30 * 60)).toBeGreaterThan(0.4);
    expect(faults.length / (30 * 60)).toBeLessThan(1.5);
    const targets = Object.groupBy(faults, ({ target }) => target);
    const services = ['gateway 1', 'gateway 2', 'gateway 3', 'matchmaker 1', 'matchmaker 2'];
    expect(Object.keys(targets).sort()).toEqual(
      [...services, 'game-ticker 1', 'game-ticker 2', 'valkey'].sort(),
    );
    expect(new Set(targets.valkey?.map(({ what }) => what))).toEqual(new Set(['kill', 'restart', 'sleep']));
    expect(new Set(targets['gateway 2']?.map(({ what }) => what)).size).toBe(9);
  });

  test.each([1, 2, 3])('of seed %i has one of each kind work always, and have time to make up', (seed) => {
    const faults = scheduleOf(seed, minutes(10));
    for (const kind of ['gateway', 'matchmaker', 'game-ticker', 'valkey']) {
      const own = faults.filter(({ target }) => target.startsWith(kind));
      own.slice(1).forEach((fault, i) => {
        expect(fault.at - until(own[i] as PlannedFault)).toBeGreaterThanOrEqual(recoveryMs - 2);
      });
    }
  });

  test.each([1, 2, 3])('of seed %i lets nothing fail around an outage of Valkey', (seed) => {
    const faults = scheduleOf(seed, minutes(10));
    const outages = faults.filter(({ target }) => target === 'valkey');
    const others = faults.filter(({ target }) => target !== 'valkey');
    for (const outage of outages) {
      expect(others.find((fault) => fault.at < until(outage) && until(fault) > outage.at)).toBeUndefined();
    }
  });

  test('ends before the run does', () => {
    for (const fault of scheduleOf(5, minutes(2))) expect(until(fault)).toBeLessThan(minutes(2) + 3_001);
  });
});
