/**
 * A matchmaker that dies, is cut off or sleeps between any two of its calls to Valkey: every such moment is tried.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Metrics } from '@overcookied/shared/metrics.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import { joinParty, joinQueue } from '@overcookied/shared/queue/queue.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { connectValkey, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import { describe, expect, test } from 'vitest';
import { Matchmaker } from '../services/matchmaker/src/matchmaker.ts';
import { eventually } from './support/eventually.ts';
import { ticketOf } from './support/ticket.ts';
import { freshValkeyUrl, openValkey, silentLog } from './support/valkey.ts';
import { ValkeyProxy } from './support/valkey-proxy.ts';

/** Whoever was taken out of the queue has a match after so long, in ms. */
const withinMs = 3_000;
/** So many moments are tried side by side: they mostly wait for a lock to run out. */
const atOnce = 16;

const inQueue = ['a', 'b', 'c', 'd'];
const friends = ['e', 'f'];

/** Four wait in the queue, and two friends have just met. */
async function fill(valkey: Valkey): Promise<void> {
  for (const id of [...inQueue, ...friends]) {
    await presence.enter(valkey, id, 'g');
    if (inQueue.includes(id)) await joinQueue(valkey, ticketOf(id));
    else {
      const ticket = { ...ticketOf(id, { mode: 'private' }), code: 'code' };
      await joinParty(valkey, ticket, 'friends', 60_000, 60_000);
    }
  }
}

const makeMatchmaker = (valkey: Valkey) =>
  new Matchmaker(valkey, defaultRules, silentLog, new Metrics('test'));

/** What a matchmaker does when the friends' job and a join's job reach it. */
async function work(matchmaker: Matchmaker): Promise<void> {
  await Promise.all([matchmaker.announce('friends'), matchmaker.run()]);
}

/** Who is in a match with whom, once everybody is; nothing may be left over. */
async function outcome(valkey: Valkey): Promise<string[]> {
  const games = await valkey.keys('overcookied:game:{*}');
  const pairs = await Promise.all(games.map((key) => valkey.hmget(key, 'p1', 'p2')));
  const rooms = games.map((key) => key.slice('overcookied:game:{'.length, -1));
  for (const [i, players] of pairs.entries()) {
    for (const id of players) expect(await presence.roomOf(valkey, id ?? '')).toBe(rooms[i]);
  }
  const due = await Promise.all(
    Array.from({ length: 16 }, (_, i) => valkey.zrange(`overcookied:due:{${i}}`, 0, '-1')),
  );
  expect(due.flat().sort()).toEqual(rooms.sort());
  expect(await valkey.exists('overcookied:{matchmaking}:queue')).toBe(0);
  expect(await valkey.hlen('overcookied:{matchmaking}:tickets')).toBe(0);
  return pairs.map((players) => players.sort().join()).sort();
}

/** What happens around one of its calls. */
interface Trouble {
  /** The call is passed on afterwards. */
  before?(): Promise<void>;
  /** As the call is passed on. */
  with?(proxy: ValkeyProxy): Promise<void>;
}

/** The call is carried out, its answer never read, and then the connection breaks. */
async function breakOff(proxy: ValkeyProxy, forGood: boolean): Promise<void> {
  proxy.mute();
  await sleep(20);
  proxy.cut(forGood);
}

/**
 * Makes trouble when a matchmaker has made so many calls, and has another one go on.
 *
 * @returns false when the matchmaker was done before
 */
async function tryAt(moment: number, trouble: Trouble): Promise<boolean> {
  const url = await freshValkeyUrl();
  const valkey = await openValkey(url);
  await fill(valkey);
  const proxy = await ValkeyProxy.start(url);
  const connection = connectValkey(proxy.url, silentLog);
  await whenReady(connection);
  let calls = 0;
  let troubled: Promise<void> | undefined;
  proxy.beforeCall = () => {
    if (++calls !== moment) return;
    troubled = trouble.before?.();
    const passedOn = troubled;
    troubled ??= trouble.with?.(proxy);
    return passedOn;
  };
  const first = makeMatchmaker(connection);
  // As the service does, if it lives to see it.
  connection.on('ready', () => void first.run().catch(() => {}));
  const second = makeMatchmaker(valkey);
  try {
    const done = work(first).catch(() => {});
    await Promise.race([done, eventually(() => troubled !== undefined, 10_000)]);
    if (!troubled) return false;
    const troubledAt = performance.now();
    // As a gateway reminds a matchmaker of who waits, every second.
    const reminder = setInterval(() => void second.run().catch(() => {}), 1_000);
    await second.run();
    await eventually(async () => (await valkey.keys('overcookied:game:{*}')).length === 3, 5_000);
    await eventually(async () => (await valkey.hlen('overcookied:{matchmaking}:pending')) === 0);
    expect(performance.now() - troubledAt).toBeLessThan(withinMs);
    await troubled;
    await Promise.race([done, sleep(200)]);
    clearInterval(reminder);
    const pairs = await outcome(valkey);
    expect(pairs).toContain('e,f');
    expect(pairs.join().split(',').sort()).toEqual([...inQueue, ...friends]);
    return true;
  } finally {
    await Promise.all([first, second].map((each) => each.stop()));
    proxy.stop();
    connection.disconnect();
    valkey.disconnect();
  }
}

/** @returns how many moments there were */
async function tryEveryMoment(trouble: Trouble): Promise<number> {
  let moment = 0;
  let isOver = false;
  const worker = async () => {
    while (!isOver) if (!(await tryAt(++moment, trouble))) isOver = true;
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return moment;
}

describe('nobody falls out and nobody is in twice when a matchmaker, at any of its calls,', () => {
  test.each<[string, Trouble]>([
    ['dies', { with: (proxy) => breakOff(proxy, true) }],
    ['loses its connection', { with: (proxy) => breakOff(proxy, false) }],
    ['sleeps for longer than its lock lasts', { before: () => sleep(2_600) }],
  ])('%s', { timeout: 120_000 }, async (_, trouble) => {
    expect(await tryEveryMoment(trouble)).toBeGreaterThan(30);
  });
});
