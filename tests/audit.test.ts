/** Matches as players play them, and `npm run audit` as an operator runs it. */
import { execFile } from 'node:child_process';
import { keys } from '@overcookied/shared/keys.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../dev/system/ports.ts';
import { eventually } from './support/eventually.ts';
import { type Stack, startStack } from './support/stack.ts';
import { meet, until } from './support/stranger.ts';

let stack: Stack;
/** The players' ids, in pairs. */
const pairs: [string, string][] = [];

/** Runs the command with this in its environment. */
function run(env: Record<string, string>, ...args: string[]) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const script = ['services/game-ticker/src/audit/main.ts', ...args];
    execFile(process.execPath, script, { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

const audit = (...args: string[]) => run({ VALKEY_URL: stack.env.VALKEY_URL ?? '' }, ...args);

/** A match to its end. @param how whether one gives up */
async function play(how: 'quit' | 'time'): Promise<void> {
  const { players, guests, starts } = await meet([stack.gateways[0].url, stack.gateways[1].url]);
  await until(starts[0].payload.startsAt + 20, starts[0]);
  players[0].send('CLICK', { count: 4, seq: 4 });
  players[1].send('CLICK', { count: 2, seq: 2 });
  await players[0].next('OPPONENT_CLICK');
  if (how === 'quit') players[0].send('QUIT_GAME');
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  for (const player of players) player.close();
  const ids = guests.map(({ id }) => id) as [string, string];
  pairs.push(ids);
}

/** Until the results of so many matches are recorded, on the boards, too, which are set after the players' totals. */
async function recorded(matches: number): Promise<void> {
  await eventually(async () => {
    const { stdout } = await audit();
    return stdout.includes(`, ${matches} matches, `) && stdout.includes(': 0 to be recorded');
  }, 15_000);
}

beforeAll(async () => {
  stack = await startStack({ countdownMs: 200, matchMs: 1_500 });
  await play('time');
  await play('quit');
  await recorded(2);
});
afterAll(() => stack.stop());

test('matches that were played add up', async () => {
  const { code, stdout, stderr } = await audit();
  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^looked at 4 players, 4 history entries, 2 matches, 12 entries of 3 leaderboards in \d+\.\d s\n/,
  );
  expect(stdout).toMatch(
    /\nresults in the queue: 0 to be recorded, 0 failed for good\neverything adds up\n$/,
  );
  expect(code).toBe(0);
});

test('what does not add up is named, with exit code 1', async () => {
  const [quitter = ''] = pairs[1] ?? [];
  await stack.valkey.hincrby(keys.player(quitter), 'points', 3);
  const { code, stdout } = await audit();
  expect(stdout).toContain(
    `\nfirst difference: player ${quitter}, points: found 7, expected 4 (older:points 0 + 4 of 1 matches in the history)\n`,
  );
  expect(code).toBe(1);
  await stack.valkey.hincrby(keys.player(quitter), 'points', -3);
});

test('it looks at RECORDS_URL if there is one', async () => {
  const nowhere = `valkey://127.0.0.1:${await findFreePort()}`;
  const { code, stdout } = await run({ VALKEY_URL: nowhere, RECORDS_URL: stack.env.VALKEY_URL ?? '' });
  expect(stdout).toContain('looked at 4 players');
  expect(code).toBe(0);
});

test('a Valkey that is not there, a wrong address and a wrong option are said in one line, with exit code 2', async () => {
  const port = await findFreePort();
  const answers = await Promise.all([
    run({ VALKEY_URL: `valkey://user:secret@127.0.0.1:${port}` }),
    run({ VALKEY_URL: 'http://127.0.0.1' }),
    audit('--twice'),
  ]);
  expect(answers.map(({ code, stdout }) => [code, stdout])).toEqual(Array(3).fill([2, '']));
  const [away, wrong, option] = answers.map(({ stderr }) => stderr);
  expect(away).toBe(
    `audit: valkey://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}\n`,
  );
  expect(wrong).toMatch(/^audit: wrong environment: VALKEY_URL: must look like .*\n$/);
  expect(option).toMatch(/^audit: Unknown option '--twice'.*\n$/);
});

test('a result that failed for good is counted, and tried again when asked', async () => {
  const [one = ''] = pairs[0] ?? [];
  const jobs = `${keys.jobs('results')}:results`;
  // As BullMQ leaves a job behind that has failed: with what it is, in the set of those that failed.
  const result = {
    roomId: 'failed-once',
    p1: { id: one, name: 'Ada', picture: '', score: 1 },
    p2: { id: 'newcomer', name: 'Bo', picture: '', score: 2 },
    winner: 'newcomer',
    reason: '',
    endedAt: Date.now(),
  };
  const job = {
    name: 'record',
    data: JSON.stringify(result),
    opts: '{"attempts":2}',
    timestamp: Date.now(),
    delay: 0,
  };
  await stack.valkey.hset(`${jobs}:failed-once`, { ...job, priority: 0, atm: 2, failedReason: 'of a test' });
  await stack.valkey.zadd(`${jobs}:failed`, Date.now(), 'failed-once');
  expect((await audit()).stdout).toContain('0 to be recorded, 1 failed for good\neverything adds up');
  expect(await audit('--retry-failed')).toEqual({
    code: 0,
    stdout: '1 failed result is tried again\n',
    stderr: '',
  });
  await recorded(3);
  expect((await audit()).stdout).toMatch(
    /looked at 5 players, 6 history entries, 3 matches[\s\S]*0 failed for good\neverything adds up/,
  );
});
