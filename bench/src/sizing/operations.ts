/** What each thing that happens in the game costs Valkey, one kind at a time, so that each hash slot's share is known. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@overcookied/bot/random.ts';
import { beat, hold } from '@overcookied/shared/connections/gateways.ts';
import {
  jobWorker,
  resultsQueue,
  resultsQueueName,
  wakeMatchmaker,
  wakeQueue,
} from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { advance, click, createMatch, quit } from '@overcookied/shared/match/match.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { notify } from '@overcookied/shared/notify.ts';
import { assign, enter, presenceTtlMs, readWhereabouts } from '@overcookied/shared/presence/presence.ts';
import { joinQueue, readOutlook, readTicket, type Ticket } from '@overcookied/shared/queue/queue.ts';
import { defaultRules, type Rules } from '@overcookied/shared/rules.ts';
import { closeValkey, connectValkey, connectWorker, whenReady } from '@overcookied/shared/valkey.ts';
import { type DueRoom, note, takeDue } from '../../../services/game-ticker/src/due-times.ts';
import { record } from '../../../services/game-ticker/src/results.ts';
import { withLock } from '../../../services/matchmaker/src/lock.ts';
import { pair } from '../../../services/matchmaker/src/pairing.ts';
import { commit, type PendingPair, readQueue, settle } from '../../../services/matchmaker/src/pool.ts';
import { mostWaitMs } from '../../../services/matchmaker/src/tolerance.ts';
import { drawRating } from '../simulation/curve.ts';
import { log, type Stage } from '../stage.ts';
import { type Cost, costOf, costOfAll } from './cost.ts';

/** As many as one gateway holds, by docs/kubernetes.md. */
const playersPerGateway = 500;
/** As the matchmaker has them. */
const window = 2_000;
const pairsPerCommit = 50;
const clicksEach = 4;
/** As many as a ticker with ten thousand matches has to note at each of its looks. */
const notesPerLook = 130;
/** How sure the ratings are: those of players who have played some dozens of matches. */
const deviation = 60;
/** Clicks count at once, a golden cookie is always due, and no match ends of itself. */
const rules: Rules = { ...defaultRules, countdownMs: 0, goldenGapMs: [1, 1], matchMs: 3_600_000 };
const roles = ['p1', 'p2'] as const;

export interface OperationsOptions {
  /** Valkey's address. */
  url: string;
  players: number;
  seed: number;
}

/** Takes so many players from connecting to a recorded match, all of them one step at a time. */
export async function measureOperations(
  { valkey, producer }: Stage,
  { url, players, seed }: OperationsOptions,
): Promise<Cost[]> {
  const random = new Random(seed, 9);
  const costs: Cost[] = [];
  const measure = async (what: string, count: number, work: (i: number) => Promise<unknown>) => {
    costs.push(await costOf(valkey, what, count, work));
  };
  const tickets: Ticket[] = Array.from({ length: players }, (_, i) => ({
    id: `guest_${randomBytes(16).toString('base64url')}`,
    name: `Guest ${i}`,
    picture: '',
    gateway: `gateway-${Math.floor(i / playersPerGateway)}`,
    connection: 0,
    mode: 'ranked',
    standing: { rating: drawRating(random), deviation },
    lastOpponent: `guest_${randomBytes(16).toString('base64url')}`,
  }));
  const ticket = (i: number) => tickets[i] as Ticket;

  await measure('a player connects: presence, and the gateway’s list', players, async (i) => {
    const { id, gateway } = ticket(i);
    const { connection } = await enter(valkey, id, gateway);
    tickets[i] = { ...ticket(i), connection };
    await hold(valkey, gateway, id, connection);
  });
  await measure('a player joins the queue', players, (i) => joinQueue(valkey, ticket(i)));
  await measure('a waiting player’s ticket is looked at', players, (i) => readTicket(valkey, ticket(i).id));
  await measure('a gateway looks how the queue stands', 2_000, () => readOutlook(valkey));
  const wakes = wakeQueue(producer, log);
  await wakes.waitUntilReady();
  await measure('a matchmaker is woken', players, () => wakeMatchmaker(wakes));
  await wakes.close();
  // By now everybody accepts everybody.
  await sleep(mostWaitMs);
  const pairs: PendingPair[] = [];
  costs.push(
    await costOfAll(valkey, 'a pair is found and taken out, under the lock', players / 2, async () => {
      let some: PendingPair[];
      do {
        some = [];
        await withLock(valkey, async (fence) => {
          const { waiting, now } = await readQueue(valkey, window, (_, error) => {
            throw error;
          });
          const found = pair(waiting, now);
          for (let i = 0; i < found.length; i += pairsPerCommit) {
            const rooms = found.slice(i, i + pairsPerCommit).map(([p1, p2]) => ({
              roomId: randomBytes(16).toString('base64url').slice(0, 21),
              p1: p1.id,
              p2: p2.id,
            }));
            const taken = await commit(valkey, fence, rooms);
            if (taken === 'fenced') throw new Error('the lock ran out');
            some.push(...taken);
          }
        });
        pairs.push(...some);
      } while (some.length > 0);
    }),
  );
  const matches = pairs.length;
  const pairAt = (i: number) => pairs[i] as PendingPair;
  const ttlMs = rules.countdownMs + rules.matchMs + presenceTtlMs;
  await measure('two players are put into a match, and told', matches, async (i) => {
    const { roomId } = pairAt(i);
    for (const role of roles) {
      const { id, gateway } = pairAt(i)[role];
      await assign(valkey, id, roomId, ttlMs);
      await readWhereabouts(valkey, id);
      await notify(valkey, gateway, { type: 'match', playerId: id, roomId });
    }
  });
  await measure('a match is made, with its due time', matches, async (i) => {
    const { roomId } = pairAt(i);
    const next = await createMatch(valkey, roomId, { ...pairAt(i), mode: 'ranked' }, rules);
    await scheduleNoLaterThan(valkey, roomId, next);
  });
  await measure('a pair is announced: nothing of it is left in the queue', matches, (i) =>
    settle(valkey, pairAt(i)),
  );

  const gateways = roles.map(() => connectValkey(url, log));
  await Promise.all(gateways.map(whenReady));
  await measure('a gateway subscribes to a match, twice', matches, (i) =>
    Promise.all(gateways.map((gateway) => gateway.ssubscribe(keys.gameEvents(pairAt(i).roomId)))),
  );
  await measure('a click, told to two gateways', matches * 2 * clicksEach, (i) => {
    const made = Math.floor(i / (2 * matches)) + 1;
    const role = roles[i % 2] ?? 'p1';
    const { roomId, [role]: player } = pairAt(Math.floor(i / 2) % matches);
    return click(valkey, { roomId, role, playerId: player.id }, { first: made, last: made });
  });
  const due: DueRoom[] = [];
  costs.push(
    await costOfAll(valkey, 'a due time is taken (16 sets)', matches, async () => {
      const taking = { lookAheadMs: 1_000, leaseMs: rules.matchMs, perSet: 200 };
      while (due.length < matches) due.push(...(await takeDue(valkey, taking)));
    }),
  );
  await measure('a gateway gives a sign of life', 2_000, (i) => beat(valkey, `gateway-${i % 20}`));
  await measure('a match’s clock is looked at, told to two gateways', matches, (i) =>
    advance(valkey, pairAt(i).roomId),
  );
  costs.push(
    await costOfAll(valkey, 'the next due time is set (16 sets)', due.length, async () => {
      for (let i = 0; i < due.length; i += notesPerLook) {
        const some = due.slice(i, i + notesPerLook);
        await note(
          valkey,
          some.map(({ roomId, lease, due }) => ({ roomId, lease, next: due + 7_500 })),
        );
      }
    }),
  );
  await measure('a match ends', matches, (i) => {
    const { roomId, p1 } = pairAt(i);
    return quit(valkey, { roomId, role: 'p1', playerId: p1.id });
  });
  await Promise.all(gateways.map(closeValkey));

  const results = pairs.map(({ roomId, p1, p2 }, i): MatchResult => {
    const scores = [200 + (i % 200), 200 + (i % 170)] as const;
    return {
      roomId,
      mode: 'ranked',
      p1: { ...sideOf(p1), score: scores[0] },
      p2: { ...sideOf(p2), score: scores[1] },
      winner: scores[0] === scores[1] ? 'draw' : scores[0] > scores[1] ? p1.id : p2.id,
      reason: '',
      endedAt: Date.now(),
    };
  });
  const queue = resultsQueue(producer, log);
  await queue.waitUntilReady();
  await measure('a result is handed in', matches, (i) => {
    const result = results[i] as MatchResult;
    return queue.add('record', result, { jobId: result.roomId });
  });
  costs.push(
    await costOfAll(valkey, 'a result is taken from its queue', matches, () => emptyResults(url, matches)),
  );
  await queue.close();
  await measure('a result is recorded: two players, three boards', matches, (i) =>
    record(valkey, results[i] as MatchResult),
  );
  return costs;
}

const sideOf = ({ id, name, picture, standing }: Ticket) => ({ id, name, picture, standing });

/** As tickers do, but for the recording. */
async function emptyResults(url: string, count: number): Promise<void> {
  const jobs = connectWorker(url, log);
  let done = 0;
  await new Promise<void>((resolve) => {
    const worker = jobWorker<MatchResult>(
      resultsQueueName,
      jobs,
      log,
      async () => {
        if (++done === count) worker.close().then(resolve, resolve);
      },
      { concurrency: 16 },
    );
  });
  await closeValkey(jobs);
}
