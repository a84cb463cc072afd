import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { eventually } from '../../tests/support/eventually.ts';
import { TestService } from '../../tests/support/service.ts';
import { type Stack, startStack } from '../../tests/support/stack.ts';
import { isLocked, linesOf, revisionsIn, servicesIn } from './fakes/look.ts';
import { oneService, type Ran, Stage, toProduction } from './fakes/stage.ts';
import { lineOf, type Trouble } from './fakes/world.ts';

const minute = 60_000;
vi.setConfig({ testTimeout: 2 * minute, hookTimeout: 2 * minute });

let stack: Stack;
let empty: Stage;
let deployed: Stage;

beforeAll(async () => {
  stack = await startStack({ matchMs: 1_000, countdownMs: 200 });
  empty = await Stage.set(stack.gateways[0].url);
  deployed = await empty.copy();
  expect(await deployed.run(...toProduction)).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => Promise.all([stack.stop(), empty.leave()]));

test.each<[string, Trouble, RegExp]>([
  [
    'some of the manifests are refused',
    { call: 'apply .*deploy --filename=.*release.yaml', says: 'a webhook denied one', isDone: true },
    /a webhook denied one/,
  ],
  [
    'the roll-out takes too long',
    { call: 'rollout status', says: 'error: timed out waiting for the condition', times: 1 },
    /timed out waiting for the condition/,
  ],
])('goes back to what ran before when %s', async (_, trouble, reason) => {
  const stage = await deployed.copy(trouble);
  const ran = await stage.run(...oneService);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(reason);
  expect(ran.stderr).toMatch(`${deployed.revision} runs again, and a match on it went well.`);
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
  expect(isLocked(stage.world)).toBe(false);
});

test('shows why a service does not get ready', async () => {
  const stage = await deployed.copy({ call: 'rollout status', says: 'error: timed out', times: 1 });
  const ran = await stage.run(...oneService);
  expect(ran.stdout).toMatch(
    /Why matchmaker does not get ready[\s\S]*pods as a table[\s\S]*VALKEY_URL must be/,
  );
});

test('goes back to what ran before when the match does not end', async () => {
  const game = await startStack({ matchMs: 1_000, countdownMs: 200, graceMs: 200 });
  onTestFinished(() => game.stop());
  // Of the new release nobody ends matches.
  await game.ticker.stop('SIGKILL');
  const stage = await deployed.copy();
  stage.alter(({ outputs }) => {
    outputs.game_url = game.gateways[0].url;
  });
  const ended = stage.run(...oneService);
  await eventually(() => stage.calls.some((call) => lineOf(call).includes('previous.yaml')), minute);
  const ticker = new TestService('game-ticker', game.env);
  onTestFinished(async () => void (await ticker.stop()));
  const ran = await ended;
  expect(ran.code).toBe(1);
  expect(ran.stdout).toMatch(/WRONG: 2 of the two players were never told of the end/);
  expect(ran.stderr).toMatch(`${deployed.revision} runs again, and a match on it went well.`);
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
});

test('says that going back has not helped', async () => {
  const stage = await deployed.copy();
  stage.alter(({ outputs }) => {
    outputs.game_url = 'http://127.0.0.1:1023';
  });
  const ran = await stage.run(...oneService);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(`${deployed.revision} runs again, but a match on it fails as well`);
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
});

test('says how it stands when going back fails as well', async () => {
  const stage = await deployed.copy(
    { call: 'rollout status', says: 'error: timed out', times: 1 },
    { call: 'previous.yaml', says: 'the server is gone' },
  );
  const ran = await stage.run(...oneService);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(
    /timed out[\s\S]*Going back to \w{40} failed as well: [\s\S]*the server is gone/,
  );
  expect(isLocked(stage.world)).toBe(false);
});

test('a first deploy that fails has nothing to go back to, and says so', async () => {
  const stage = await empty.copy({
    call: 'rollout status deployment/matchmaker',
    says: 'error: timed out',
  });
  const ran = await stage.run(...toProduction);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(/timed out[\s\S]*nothing to go back to: what was applied stays/);
  expect(linesOf(stage, stage.revision).filter((line) => /previous|delete (?!lease)/.test(line))).toEqual([]);
  expect(isLocked(stage.world)).toBe(false);
});

test('a release that could not be put down is none to go back to: it says so', async () => {
  const stage = await deployed.copy({ call: 'records.yaml', says: 'etcd is full' });
  const ran = await stage.run(...oneService);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(/runs, and is well, but that could not be put down: [\s\S]*etcd is full/);
  expect(revisionsIn(stage.world)).toMatchObject({ matchmaker: stage.revision });
});

/** Runs it until a call is made, and presses Ctrl-C then. */
async function stopAt(stage: Stage, call: string, presses = 1): Promise<Ran> {
  const child = stage.start(...oneService);
  const ended = stage.ended(child);
  for (let press = 1; press <= presses; press++) {
    const isCalled = () => stage.calls.filter((each) => lineOf(each).includes(call)).length >= press;
    await eventually(isCalled, minute);
    // Within half a second it would be the same press.
    if (press > 1) await sleep(600);
    child.kill('SIGINT');
  }
  return ended;
}

test('Ctrl-C while it builds leaves everything as it was', async () => {
  const stage = await deployed.copy({ call: 'buildx build', hangs: true });
  const ran = await stopAt(stage, 'buildx build');
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/stopped\nNothing was deployed/);
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
  expect(isLocked(stage.world)).toBe(false);
  expect(readdirSync(stage.temporary)).toEqual([]);
});

test('Ctrl-C during the roll-out goes back to what ran before', async () => {
  const stage = await deployed.copy({ call: 'rollout status', hangs: true, times: 1 });
  const ran = await stopAt(stage, 'rollout status');
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/failed: it was stopped\n\w{40} runs again, and a match on it went well/);
  expect(servicesIn(stage.world)).toEqual(servicesIn(deployed.world));
  expect(isLocked(stage.world)).toBe(false);
});

test('Ctrl-C again while it goes back ends it, and it says how it stands', async () => {
  const stage = await deployed.copy({ call: 'rollout status', hangs: true });
  const ran = await stopAt(stage, 'rollout status', 2);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(/failed: it was stopped\nGoing back to \w{40} failed as well: it was stopped/);
  expect(isLocked(stage.world)).toBe(false);
});
