import { ValkeyClock } from '@overcookied/shared/clock.ts';
import { dueShard, keys } from '@overcookied/shared/keys.ts';
import { askForClock, scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch, leaveSeat, readMatch } from '@overcookied/shared/match/match.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, silentLog } from '../../../tests/support/valkey.ts';
import { ValkeyProxy } from '../../../tests/support/valkey-proxy.ts';
import { Ticker } from './ticker.ts';

const roomId = 'room';
/** Longer than any lease lasts, in ms. */
const longSleepMs = 1_500;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A ticker in this process. @returns the results it has handed in */
async function startTicker(valkey: Valkey): Promise<{ ticker: Ticker; results: MatchResult[] }> {
  const metrics = new Metrics('test');
  const clock = new ValkeyClock(valkey, silentLog, metrics);
  await clock.start();
  const results: MatchResult[] = [];
  const handIn = async (result: MatchResult) => {
    results.push(result);
  };
  const ticker = new Ticker(valkey, clock, handIn, silentLog, metrics);
  ticker.start();
  onTestFinished(async () => {
    clock.stop();
    await ticker.stop();
  });
  return { ticker, results };
}

/** A connection for looking, and one for a ticker of which each call can be meddled with. */
async function withProxy(): Promise<{ valkey: Valkey; proxy: ValkeyProxy; connection: Valkey }> {
  const url = await freshValkeyUrl();
  const proxy = await ValkeyProxy.start(url);
  const [valkey, connection] = [await openValkey(url), await openValkey(proxy.url)];
  onTestFinished(() => {
    proxy.stop();
    valkey.disconnect();
    connection.disconnect();
  });
  return { valkey, proxy, connection };
}

async function begin(valkey: Valkey, rules: Partial<Rules>): Promise<void> {
  const player = (id: string) => ({ id, name: id, picture: '' });
  const full = Rules.parse({ countdownMs: 0, ...rules });
  const next = await createMatch(valkey, roomId, { mode: 'ranked', p1: player('a'), p2: player('b') }, full);
  await scheduleNoLaterThan(valkey, roomId, next);
}

const due = async (valkey: Valkey) => valkey.zscore(keys.due(dueShard(roomId)), roomId);

/** Which of a ticker's calls it is; a look takes what is due, and may note what has become of the match. */
function kindOf([, , , key = '', ...args]: string[]): 'advance' | 'look' | 'noting look' | 'other' {
  if (key === keys.game(roomId)) return 'advance';
  if (key === keys.due(0)) return args.includes(roomId) ? 'noting look' : 'look';
  return 'other';
}

/** A player goes, as a gateway tells it. */
async function leave(valkey: Valkey): Promise<void> {
  await leaveSeat(valkey, { roomId, role: 'p1', playerId: 'a' }, 1);
  await askForClock(valkey, roomId);
}

async function expectForfeit(valkey: Valkey): Promise<void> {
  const over = await eventually(async () => (await readMatch(valkey, roomId))?.over);
  expect(over).toEqual({ winner: 'b', reason: 'opponent_disconnected' });
}

test('a ticker that slept before it notes when the next look is does not put off what another knows of', async () => {
  const { valkey, proxy, connection } = await withProxy();
  await begin(valkey, { graceMs: 2_500, goldenGapMs: [50_000, 50_000] });
  const asleep = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();
  proxy.beforeCall = async (call) => {
    if (kindOf(call) !== 'noting look') return;
    proxy.beforeCall = () => {};
    asleep.resolve();
    await sleep(longSleepMs);
    setTimeout(awake.resolve, 50);
  };
  const first = await startTicker(connection);
  await askForClock(valkey, roomId);
  await asleep.promise;
  const second = await startTicker(valkey);
  await leave(valkey);
  await awake.promise;
  await expectForfeit(valkey);
  await eventually(() => first.results.length + second.results.length === 1);
});

test('whoever asks for the clock while a look is under way is heard', async () => {
  const { valkey, proxy, connection } = await withProxy();
  await begin(valkey, { graceMs: 100, goldenGapMs: [50_000, 50_000] });
  let looked = false;
  proxy.beforeCall = async (call) => {
    const kind = kindOf(call);
    if (kind === 'advance' && !looked) {
      looked = true;
      // The next looks for what is due wait behind it.
      await sleep(250);
    } else if (kind === 'look' && looked) {
      proxy.beforeCall = () => {};
      // The look is done in Valkey, and its answer on the way.
      await sleep(20);
      await leave(valkey);
    }
  };
  await startTicker(connection);
  await askForClock(valkey, roomId);
  await expectForfeit(valkey);
});

test('a ticker that stops gives back what it holds, so that nobody has to wait for the lease', async () => {
  const { valkey, connection } = await withProxy();
  await begin(valkey, { goldenGapMs: [280, 280] });
  const { ticker } = await startTicker(connection);
  const isLeased = async () => !Number.isInteger(Number(await due(valkey)));
  await eventually(isLeased);
  await ticker.stop();
  expect(await isLeased()).toBe(false);
  expect(Number(await due(valkey))).toBeLessThan(Date.now() + 300);
});

test('a match that is due again within a look is not left to the next one', async () => {
  const { valkey, connection } = await withProxy();
  await begin(valkey, { matchMs: 1_500, goldenGapMs: [30, 30] });
  const { results } = await startTicker(connection);
  await eventually(() => results.length === 1);
  // By the looks alone it would be fifteen at most.
  expect((await readMatch(valkey, roomId))?.seq).toBeGreaterThan(20);
});
