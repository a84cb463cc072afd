import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, launchBrowser, openPage, type Player, score } from './player.ts';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack({ countdownMs: 1_000, matchMs: 60_000, goldenGapMs: [2_000, 2_500] });
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const phone = { width: 390, height: 844 };

/** Two players in a match that has begun. */
async function play(...options: BrowserContextOptions[]): Promise<[Player, Player]> {
  const players = await Promise.all([
    openPage(browser, stack.gateways[0].url, phone, options[0]),
    openPage(browser, stack.gateways[1].url, phone, options[1]),
  ]);
  await enterLobby(players[0].page, 'Ada');
  await enterLobby(players[1].page, 'Bo');
  for (const { page } of players) await page.getByTestId('play').click();
  for (const { page } of players) await page.locator('.arena--playing').waitFor({ timeout: 45_000 });
  return players;
}

async function leave(players: Player[]): Promise<void> {
  expect(players.flatMap(({ complaints }) => complaints)).toEqual([]);
  await Promise.all(players.map((player) => player.close()));
}

test('every finger counts, and none does anything else to the page', async () => {
  const players = await play({ hasTouch: true, isMobile: true });
  const [{ page }, { page: opponent }] = players;
  const fingers = await page.context().newCDPSession(page);
  const box = await page.getByTestId('cookie').boundingBox();
  if (!box) throw new Error('there is no cookie');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const at = (id: number) => ({ id, x: x + 30 * id, y: y + 20 * id });
  const taps = 4;
  for (let i = 0; i < taps; i++) {
    // One after the other they come down, and stay until all are there.
    for (const touchPoints of [[at(0)], [at(0), at(1)], [at(0), at(1), at(2)]])
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
  await expect.poll(() => score(page, 'my')).toBe(3 * taps);
  await expect.poll(() => score(opponent, 'opponent')).toBe(3 * taps);
  const moved = '[visualViewport.scale, scrollY, String(getSelection()).length]';
  expect(await page.evaluate(moved)).toEqual([1, 0, 0]);
  expect(
    await page.evaluate(`document.querySelector('.cookie').dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))`),
  ).toBe(false);
  await leave(players);
}, 120_000);

test('whoever plays by keys claims the golden cookie by one, or goes there and is led back', async () => {
  const players = await play();
  const [{ page }] = players;
  const cookie = page.getByTestId('cookie');
  const golden = page.getByTestId('golden-cookie');
  await golden.waitFor({ timeout: 20_000 });
  expect(await golden.getAttribute('aria-keyshortcuts')).toBe('G');
  await expect.poll(() => page.getByTestId('announcer').textContent()).toContain('Press G');
  await cookie.press('Space');
  await page.keyboard.press('g');
  await page.getByText('You got the golden cookie!').waitFor();
  await expect.poll(() => score(page, 'my')).toBeGreaterThanOrEqual(5);

  await golden.waitFor({ timeout: 20_000 });
  await golden.press('Enter');
  await golden.waitFor({ state: 'detached' });
  await expect.poll(() => cookie.evaluate((element) => element.matches(':focus'))).toBe(true);
  await expect.poll(() => page.getByTestId('lead-flag').textContent()).toMatch(/You.*\+\d/);
  await leave(players);
}, 120_000);

test('the golden cookie rolls about and can be caught, and lies still for whoever wants less motion', async () => {
  const players = await play({}, { reducedMotion: 'reduce' });
  const [{ page }, { page: calm }] = players;
  for (const each of [page, calm]) await each.getByTestId('golden-cookie').waitFor({ timeout: 20_000 });
  const ways = (each: Page) =>
    each.getByTestId('golden-cookie').evaluate((cookie) => cookie.getAnimations().length);
  expect(await ways(page)).toBe(1);
  expect(await ways(calm)).toBe(0);
  await expect
    .poll(
      async () => {
        await page.getByTestId('golden-cookie').click({ timeout: 5_000 });
        return score(page, 'my');
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(5);
  await leave(players);
}, 120_000);
