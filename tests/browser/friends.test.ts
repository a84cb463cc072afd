import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterLobby, expectNoSidewaysScroll, openPage, signIn } from './player.ts';
import { type Stage, startStage } from './stage.ts';

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let stage: Stage;

beforeAll(async () => {
  const rules = { countdownMs: 500, matchMs: 2_000, goldenGapMs: [500, 1_000] };
  stage = await startStage(rules, { PRACTICE_AFTER_MS: '500' });
}, 300_000);

afterAll(() => stage?.stop());

const open = (gateway: 0 | 1, viewport: typeof desktop, hash = '') =>
  openPage(stage.browser, `${stage.stack.gateways[gateway].url}/${hash}`, viewport);

const see = (testId: string, ...pages: Page[]) =>
  Promise.all(pages.map((page) => page.getByTestId(testId).waitFor({ timeout: 15_000 })));

test('two friends meet by a link, a third does not, and the two play again', async () => {
  const host = await open(0, desktop);
  await enterLobby(host.page, 'Ada');
  await host.page.getByTestId('invite').click();
  await see('expiry', host.page);
  const { hash } = new URL(await host.page.getByTestId('invite-link').inputValue());
  expect(hash).toMatch(/^#invite=[\w-]{16,}$/);

  // A reload waits on, and still shows the link.
  await host.page.reload();
  await see('expiry', host.page);
  expect(await host.page.getByTestId('invite-link').inputValue()).toContain(hash);

  const friend = await open(1, phone, hash);
  await see('invited', friend.page);
  await signIn(friend.page, 'Bo');
  await see('arena', host.page, friend.page);
  for (const { page } of [host, friend]) await expect.poll(() => new URL(page.url()).hash).toBe('');

  const third = await open(0, phone, hash);
  await signIn(third.page, 'Cy');
  await see('lobby', third.page);
  await expect
    .poll(() => third.page.getByRole('status').allTextContents())
    .toContainEqual(expect.stringContaining('have met by this invitation already'));
  await expect.poll(() => new URL(third.page.url()).hash).toBe('');
  await expectNoSidewaysScroll(third.page);

  await see('result', host.page, friend.page);
  await host.page.getByTestId('rematch').click();
  await expect
    .poll(() => host.page.getByTestId('rematch-words').textContent())
    .toMatch(/Waiting for \u2068Bo\u2069… \d+ s$/);
  await expect
    .poll(() => friend.page.getByTestId('rematch-words').textContent())
    .toContain('\u2068Ada\u2069 wants a rematch!');
  await friend.page.getByTestId('rematch').click();
  await see('arena', host.page, friend.page);

  // Nobody waits for whoever has gone on.
  await see('result', host.page, friend.page);
  await friend.close();
  await host.page.getByTestId('rematch').click();
  await expect
    .poll(() => host.page.getByRole('status').allTextContents())
    .toContainEqual(expect.stringContaining('No rematch this time'));
  await expect.poll(() => host.page.getByTestId('rematch').count()).toBe(0);

  // A reload after the match does not come to the invitation again.
  await host.page.reload();
  await see('lobby', host.page);
  expect([...host.complaints, ...friend.complaints, ...third.complaints]).toEqual([]);
  await Promise.all([host.close(), third.close()]);
}, 60_000);

test('whoever waits alone is offered a bot, which says so, and the match is not rated', async () => {
  const { page, complaints, close } = await open(1, phone);
  await enterLobby(page, 'Di');
  await page.getByTestId('play').click();
  await page.getByTestId('practise').click({ timeout: 15_000 });
  await see('arena', page);
  expect(await page.getByTestId('bot-badge').textContent()).toBe('BOT');
  await expectNoSidewaysScroll(page);
  await see('result', page);
  expect(await page.getByTestId('bot-badge').textContent()).toBe('BOT');
  expect(await page.getByTestId('rating-change').textContent()).toContain('not rated');
  await page.getByTestId('rematch').click();
  await see('arena', page);
  await page.getByTestId('quit').click();
  await page.getByTestId('confirm-quit').click();
  await page.getByTestId('to-lobby').click();
  await expect.poll(() => page.getByTestId('rating').textContent()).toBe('1,500');
  expect(complaints).toEqual([]);
  await close();
}, 60_000);
