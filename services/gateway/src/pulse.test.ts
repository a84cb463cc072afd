import { expect, test } from 'vitest';
import { Pulse } from './pulse.ts';

/** A wheel of eight slots in two parts. */
const periods = { playEvery: 40, idleEvery: 80, tick: 10 };

class Member {
  isBusy: boolean;
  /** In which turns it was asked. */
  readonly asked: number[] = [];
  turn = 0;

  constructor(isBusy: boolean) {
    this.isBusy = isBusy;
  }

  beat(): void {
    this.asked.push(this.turn);
  }
}

function turn(pulse: Pulse, members: Member[], times: number): void {
  for (let i = 0; i < times; i++) {
    pulse.turn();
    for (const member of members) member.turn++;
  }
}

const gapsOf = ({ asked }: Member) => asked.slice(1).map((at, i) => at - (asked[i] ?? 0));

test('each is asked once in its period, whenever it came', () => {
  const pulse = new Pulse(periods);
  const members = Array.from({ length: 20 }, (_, i) => new Member(i % 3 === 0));
  for (const [i, member] of members.entries()) {
    pulse.add(member);
    if (i % 4 === 0) turn(pulse, members, 1);
  }
  turn(pulse, members, 80);
  for (const member of members) {
    expect(member.asked.length).toBeGreaterThanOrEqual(member.isBusy ? 20 : 10);
    expect(new Set(gapsOf(member))).toEqual(new Set([member.isBusy ? 4 : 8]));
  }
});

test('never all at once', () => {
  const pulse = new Pulse(periods);
  const members = Array.from({ length: 800 }, () => new Member(false));
  for (const member of members) pulse.add(member);
  turn(pulse, members, 8);
  for (let at = 0; at < 8; at++) expect(members.filter(({ asked }) => asked[0] === at)).toHaveLength(100);
});

test('whoever becomes busy is asked more often, but never twice within the shorter period', () => {
  const pulse = new Pulse(periods);
  const members = Array.from({ length: 24 }, () => new Member(false));
  for (const member of members) pulse.add(member);
  turn(pulse, members, 11);
  for (const member of members) member.isBusy = true;
  turn(pulse, members, 40);
  for (const member of members) {
    expect(Math.min(...gapsOf(member))).toBe(4);
    expect(
      gapsOf(member)
        .slice(2)
        .every((gap) => gap === 4),
    ).toBe(true);
  }
});

test('whoever is gone is not asked any more', () => {
  const pulse = new Pulse(periods);
  const member = new Member(true);
  pulse.add(member);
  pulse.remove(member);
  turn(pulse, [member], 20);
  expect(member.asked).toEqual([]);
});

test('it turns by itself until it is stopped', async () => {
  const pulse = new Pulse(periods);
  const member = new Member(true);
  pulse.add(member);
  pulse.start();
  await expect.poll(() => member.asked.length).toBeGreaterThan(3);
  pulse.stop();
  const { length } = member.asked;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(member.asked).toHaveLength(length);
});
