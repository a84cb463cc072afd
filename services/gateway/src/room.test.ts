import { setTimeout as sleep } from 'node:timers/promises';
import { ValkeyClock } from '@overcookied/shared/clock.ts';
import { dueShard, keys } from '@overcookied/shared/keys.ts';
import { advance, click, createMatch, leaveSeat, quit, takeSeat } from '@overcookied/shared/match/match.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import type { FrameOf, Role, ServerFrame } from '@overcookied/shared/protocol.ts';
import type { RespConnection } from '@overcookied/shared/resp/connection.ts';
import { defaultRules, type Rules } from '@overcookied/shared/rules.ts';
import { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import type { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import { nanoid } from 'nanoid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { readMetric } from '../../../tests/support/metric.ts';
import { freshValkeyUrl, openValkey, silentLog } from '../../../tests/support/valkey.ts';
import { EventLag } from './event-lag.ts';
import { mostOwedMs } from './owed-acks.ts';
import { type Member, Room } from './room.ts';
import { SecondClock } from './second-clock.ts';

/** A member that writes down what it is told. */
class Witness implements Member {
  readonly playerId: string;
  readonly frames: ServerFrame[] = [];
  role: Role | undefined;
  hasEnded = false;
  missed = 0;
  foundNothing = false;

  constructor(playerId: string) {
    this.playerId = playerId;
  }

  send(...frames: ServerFrame[]): void {
    this.frames.push(...frames);
  }

  started(role: Role): void {
    this.role = role;
  }

  missing(): void {
    this.missed++;
  }

  ended(): void {
    this.hasEnded = true;
  }

  notFound(): void {
    this.foundNothing = true;
  }

  all<T extends ServerFrame['type']>(type: T): FrameOf<ServerFrame, T>['payload'][] {
    return this.frames.filter((frame) => frame.type === type).map(({ payload }) => payload as never);
  }
}

async function setUp(rules: Partial<Rules> = {}) {
  const url = await freshValkeyUrl();
  const valkey = await openValkey(url);
  const subscriptions = new Subscriptions(url, silentLog);
  await eventually(async () => !(await subscriptions.problem()));
  const metrics = new Metrics('test');
  const clock = new ValkeyClock(valkey, silentLog, metrics);
  await clock.start();
  const gaps = metrics.counter('gaps', 'Gaps.');
  // Channels are shared by all databases: the room's name must be nobody else's.
  const roomId = nanoid();
  const player = (id: string) => ({ id, name: id, picture: '' });
  await createMatch(
    valkey,
    roomId,
    { mode: 'ranked', p1: player('ada'), p2: player('bo') },
    { ...defaultRules, countdownMs: 0, ...rules },
  );
  let closed = 0;
  const parts = {
    valkey,
    subscriptions,
    clock,
    log: silentLog,
    gaps,
    lag: new EventLag(clock, metrics),
    watchFrames: metrics.counter('watch_frames_sent', 'Frames to watchers.'),
  };
  const room = new Room(roomId, parts, () => closed++);
  onTestFinished(() => {
    room.close();
    clock.stop();
    valkey.disconnect();
    subscriptions.close();
  });
  const seat = (role: Role, playerId: string) => ({ roomId, role, playerId });
  return {
    ...{
      valkey,
      subscriber: subscriptions.of(keys.gameEvents(roomId)) as RespConnection,
      parts,
      room,
      roomId,
      gaps,
      metrics,
      closed: () => closed,
    },
    ada: seat('p1', 'ada'),
    bo: seat('p2', 'bo'),
  };
}

const gapCount = async (gaps: { get(): Promise<{ values: { value: number }[] }> }) =>
  (await gaps.get()).values[0]?.value;

test('members are told the state, then each event once', async () => {
  const { valkey, room, ada, bo } = await setUp();
  const [one, two] = [new Witness('ada'), new Witness('bo')];
  room.add(one, false);
  room.add(two, true);
  await eventually(() => two.role === 'p2');
  await click(valkey, ada, { first: 1, last: 2 });
  await click(valkey, bo, { first: 1, last: 1 });
  await eventually(() => two.all('UPDATE').some(({ p2Score }) => p2Score === 1));
  expect(one.all('GAME_START')).toMatchObject([{ role: 'p1', resumed: false }]);
  expect(two.all('GAME_START')).toMatchObject([{ role: 'p2', resumed: true }]);
  expect(one.all('OPPONENT_CLICK')).toEqual([{ count: 1 }]);
  expect(two.all('OPPONENT_CLICK')).toEqual([{ count: 2 }]);
});

test('events that were missed are made good by reading the match', async () => {
  const { valkey, subscriber, room, roomId, gaps, ada, bo } = await setUp({ goldenGapMs: [1, 1] });
  const [one, two] = [new Witness('ada'), new Witness('bo')];
  room.add(one, false);
  room.add(two, false);
  await eventually(() => two.role);
  // Behind the room's back: what is published now does not arrive.
  await subscriber.unsubscribe(keys.gameEvents(roomId));
  await click(valkey, ada, { first: 1, last: 7 });
  await advance(valkey, roomId);
  await subscriber.subscribe(keys.gameEvents(roomId));
  expect(one.all('UPDATE').filter(({ p1Score }) => p1Score)).toEqual([]);
  await click(valkey, bo, { first: 1, last: 1 });
  for (const witness of [one, two]) {
    await eventually(() =>
      witness.all('UPDATE').some(({ p1Score, p2Score }) => p1Score === 7 && p2Score === 1),
    );
    expect(witness.all('COOKIE_SPAWN')).toHaveLength(1);
  }
  expect(one.all('UPDATE').some(({ ack }) => ack === 7)).toBe(true);
  expect(await gapCount(gaps)).toBe(1);
});

test('an event that was missed is noticed although nothing follows that would show the gap', async () => {
  const { valkey, subscriber, room, roomId, gaps, ada, bo } = await setUp();
  const witness = new Witness('bo');
  room.add(witness, false);
  await eventually(() => witness.role);
  await click(valkey, bo, { first: 1, last: 1 });
  await eventually(() => witness.all('UPDATE').some(({ p2Score }) => p2Score === 1));
  await subscriber.unsubscribe(keys.gameEvents(roomId));
  await click(valkey, ada, { first: 1, last: 4 });
  await eventually(() => witness.all('UPDATE').some(({ p1Score }) => p1Score === 4), 3_000);
  expect(await gapCount(gaps)).toBe(1);
});

test('a member whom the match has down as away is told, by the event or by the hash', async () => {
  const { valkey, subscriber, room, roomId, ada } = await setUp();
  const [one, two] = [new Witness('ada'), new Witness('bo')];
  room.add(one, false);
  room.add(two, false);
  await eventually(() => two.role);
  await takeSeat(valkey, ada, 7);
  await leaveSeat(valkey, ada, 7);
  await eventually(() => one.missed === 1);
  await takeSeat(valkey, ada, 8);
  await eventually(() => two.all('UPDATE').some(({ opponentAwayUntil }) => opponentAwayUntil === 0));
  await subscriber.unsubscribe(keys.gameEvents(roomId));
  await leaveSeat(valkey, ada, 8);
  await eventually(() => one.missed === 2, 3_000);
  expect(two.missed).toBe(0);
});

test('an end that was missed is found out', async () => {
  const { valkey, subscriber, room, roomId, ada, closed } = await setUp({ matchMs: 300 });
  const witness = new Witness('bo');
  room.add(witness, false);
  await eventually(() => witness.role);
  await subscriber.unsubscribe(keys.gameEvents(roomId));
  await quit(valkey, ada);
  await eventually(() => witness.hasEnded);
  expect(witness.all('GAME_OVER')).toEqual([{ winner: 'bo', reason: 'quit', p1Score: 0, p2Score: 0 }]);
  expect(closed()).toBe(1);
});

test.each([
  ['golden cookies', { goldenGapMs: [100, 200] as [number, number] }],
  ['the end', { matchMs: 300 }],
])('somebody is asked to run the clock of a match whose due time is lost: %s', async (_, rules) => {
  const { valkey, room, roomId } = await setUp(rules);
  const witness = new Witness('ada');
  room.add(witness, false);
  await eventually(() => witness.role);
  expect(await valkey.zscore(keys.due(dueShard(roomId)), roomId)).toBeNull();
  await eventually(async () => (await valkey.zscore(keys.due(dueShard(roomId)), roomId)) === '0');
});

test('a match that Valkey has forgotten ends for whoever was in it', async () => {
  const { valkey, room, roomId } = await setUp({ matchMs: 300 });
  const witness = new Witness('ada');
  room.add(witness, false);
  await eventually(() => witness.role);
  await valkey.del(keys.game(roomId));
  await eventually(() => witness.hasEnded);
  expect(witness.all('ERROR')).toMatchObject([{ code: 'match_lost' }]);
  expect(witness.all('GAME_OVER')).toHaveLength(1);
});

test('a room without a match says so and tells nobody of an end', async () => {
  const { room, parts } = await setUp();
  room.close();
  const witness = new Witness('ada');
  new Room(nanoid(), parts, () => {}).add(witness, false);
  await eventually(() => witness.foundNothing);
  expect(witness.frames).toEqual([]);
});

test('nonsense on the channel is passed over', async () => {
  const { valkey, room, roomId, ada } = await setUp();
  const witness = new Witness('bo');
  room.add(witness, false);
  await eventually(() => witness.role);
  for (const text of ['', 'hello', '{}', '{"type":"click","seq":"1"}', '{"type":"over","seq":1}', '[]']) {
    await valkey.spublish(keys.gameEvents(roomId), text);
  }
  await click(valkey, ada, { first: 1, last: 1 });
  await eventually(() => witness.all('OPPONENT_CLICK').length === 1);
  expect(witness.hasEnded).toBe(false);
});

test('an end that is none in Valkey ends nothing', async () => {
  const { valkey, room, roomId, ada } = await setUp();
  const witness = new Witness('bo');
  room.add(witness, false);
  await eventually(() => witness.role);
  const seq = Number(await valkey.hget(keys.game(roomId), 'seq')) + 1;
  const over = { type: 'over', seq, winner: 'ada', reason: 'quit', p1Score: 9, p2Score: 0 };
  await valkey.spublish(keys.gameEvents(roomId), JSON.stringify(over));
  await click(valkey, ada, { first: 1, last: 1 });
  await eventually(() => witness.all('UPDATE').at(-1)?.p1Score === 1);
  expect(witness.hasEnded).toBe(false);
  expect(witness.all('GAME_OVER')).toEqual([]);
});

test('of two events with one number none is believed, but the match is read', async () => {
  const { valkey, room, roomId, ada } = await setUp();
  const witness = new Witness('ada');
  room.add(witness, false);
  await eventually(() => witness.role);
  const seq = Number(await valkey.hget(keys.game(roomId), 'seq')) + 1;
  const away = { type: 'away', seq, role: 'p2', until: 9 };
  await valkey.spublish(keys.gameEvents(roomId), JSON.stringify(away));
  await eventually(() => witness.all('UPDATE').at(-1)?.opponentAwayUntil === 9);
  await click(valkey, ada, { first: 1, last: 1 });
  await eventually(() => witness.all('UPDATE').at(-1)?.ack === 1);
  expect(witness.all('UPDATE').at(-1)).toMatchObject({ p1Score: 1, opponentAwayUntil: 0 });
});

test('it closes when its last member leaves', async () => {
  const { room, closed } = await setUp();
  const [one, two] = [new Witness('ada'), new Witness('bo')];
  room.add(one, false);
  room.add(two, false);
  room.remove(one);
  expect(closed()).toBe(0);
  room.remove(two);
  expect(closed()).toBe(1);
});

test('it stays for who watches when its players leave, and closes when those have left too', async () => {
  const { valkey, room, ada, closed, metrics } = await setUp();
  const told: WatchFrame[] = [];
  const nothing = { ended: () => {}, dismissed: () => {}, sendAway: () => {} };
  const spectator = { tell: (frame: WatchFrame) => told.push(frame), ...nothing };
  const witness = new Witness('ada');
  room.add(witness, false);
  room.watch(spectator);
  await eventually(() => witness.role && told.length > 0);
  expect([room.phase, room.hasPlayers, room.watchers]).toEqual(['playing', true, 1]);
  room.remove(witness);
  expect([room.phase, room.hasPlayers, closed()]).toEqual([undefined, false, 0]);
  await click(valkey, ada, { first: 1, last: 1 });
  await eventually(() => told.some((frame) => frame.type === 'WATCH_UPDATE' && frame.payload.p1.score === 1));
  // How long events take to players who are here.
  expect(await readMetric(metrics, 'event_lag_seconds_count')).toBe(0);
  room.unwatch(spectator);
  expect(closed()).toBe(1);
});

test('who watches is sent elsewhere while nothing can be read, and told no time later on', async () => {
  const { room } = await setUp();
  const [told, sent]: [WatchFrame[], number[]] = [[], []];
  const spectator = {
    ...{ tell: (frame: WatchFrame) => told.push(frame), ended: () => {}, dismissed: () => {} },
    sendAway: (code: number) => sent.push(code),
  };
  room.watch(spectator);
  room.unreadable();
  expect(sent).toEqual([1013]);
  await eventually(() => told.length > 0);
  room.unreadable();
  const before = told.length;
  await sleep(1_200);
  expect([told.length, sent]).toEqual([before, [1013]]);
});

test('it closes without a clock when its only member is a player of another match', async () => {
  const run = vi.spyOn(SecondClock.prototype, 'run');
  onTestFinished(() => run.mockRestore());
  const { room, closed } = await setUp();
  const stranger = new Witness('cleo');
  stranger.ended = () => room.remove(stranger);
  room.add(stranger, false);
  await eventually(() => closed() === 1);
  expect(run).not.toHaveBeenCalled();
});

test('it is told how long events were under way', async () => {
  const { valkey, room, ada, metrics } = await setUp();
  const witness = new Witness('ada');
  room.add(witness, false);
  await eventually(() => witness.role);
  const before = performance.now();
  // The first event of a match says when it was published, and then each eighth.
  for (let seq = 1; seq <= 9; seq++) await click(valkey, ada, { first: seq, last: seq });
  await eventually(() => witness.all('UPDATE').at(-1)?.ack === 9);
  const passed = (performance.now() - before) / 1_000;
  expect(await readMetric(metrics, 'event_lag_seconds_count')).toBe(2);
  const lags = await readMetric(metrics, 'event_lag_seconds_sum');
  expect(lags).toBeGreaterThan(0);
  expect(lags).toBeLessThan(2 * passed);
});

test('own clicks are acknowledged with the news of the other, and without any in good time', async () => {
  const { valkey, room, ada, bo } = await setUp();
  const one = new Witness('ada');
  room.add(one, false);
  await eventually(() => one.role);
  const acks = () => one.all('UPDATE').flatMap(({ ack }) => ack ?? []);
  await click(valkey, ada, { first: 1, last: 2 });
  await eventually(() => acks().length > 0);
  expect(acks()).toEqual([2]);
  await click(valkey, ada, { first: 3, last: 3 });
  await click(valkey, bo, { first: 1, last: 1 });
  await eventually(() => one.all('OPPONENT_CLICK').length > 0);
  expect(acks()).toEqual([2, 3]);
  await sleep(2 * mostOwedMs);
  expect(acks()).toEqual([2, 3]);
});
