import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, launchBrowser, openPage, score } from './player.ts';

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack({ countdownMs: 4_000, matchMs: 6_000, goldenGapMs: [1_000, 1_500] });
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const open = (gateway: 0 | 1, viewport: typeof desktop, locale = 'en-GB') =>
  openPage(browser, stack.gateways[gateway].url, viewport, { locale });

/** Goes on from control to control by the tabulator key until this one has the focus. */
async function tabTo(page: Page, testId: string): Promise<void> {
  const focused = () => page.evaluate<string | undefined>('document.activeElement?.dataset?.testid');
  for (let i = 0; i < 40; i++) {
    if ((await focused()) === testId) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by keyboard to ${testId}`);
}

const pressOn = async (page: Page, testId: string, key = 'Enter') => {
  await page.getByTestId(testId).waitFor();
  await tabTo(page, testId);
  await page.keyboard.press(key);
};

/** Notes what the countdown shows, and when: by the one clock of the machine that both pages are on. */
const watchCountdown = (page: Page) =>
  page.evaluate(`{
    window.shown = [];
    new MutationObserver(() => {
      const text = document.querySelector('[data-testid=countdown]')?.textContent;
      if (text && text !== window.shown.at(-1)?.[0]) window.shown.push([text, Date.now()]);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }`);

test('a whole match is played by keyboard alone, and both pages count down together', async () => {
  const one = await open(0, desktop);
  const two = await open(1, phone);
  await tabTo(one.page, 'name-input');
  await one.page.keyboard.press('Control+A');
  await one.page.keyboard.type('Keys');
  await pressOn(one.page, 'play-as-guest');
  await enterLobby(two.page, 'Fingers');
  await Promise.all([one, two].map(({ page }) => watchCountdown(page)));
  await two.page.getByTestId('play').click();
  await Promise.all([one, two].map(({ page }) => page.getByTestId('countdown').waitFor()));
  await Promise.all([one, two].map(({ page }) => page.getByTestId('countdown').waitFor({ state: 'hidden' })));
  for (const key of ['Space', 'Enter', 'Space', 'Enter']) await one.page.keyboard.press(key);
  await expect.poll(() => score(two.page, 'opponent')).toBe(4);
  await one.page.getByTestId('golden-cookie').waitFor();
  await pressOn(one.page, 'golden-cookie');
  await expect.poll(() => score(one.page, 'my')).toBe(9);
  await one.page.getByTestId('result').waitFor();
  await pressOn(one.page, 'to-lobby');
  await one.page.getByTestId('lobby').waitFor();

  const [first, second] = await Promise.all(
    [one, two].map(({ page }) => page.evaluate<[string, number][]>('window.shown')),
  );
  expect(second?.map(([text]) => text)).toEqual(first?.map(([text]) => text));
  expect(first?.map(([text]) => text).slice(-3)).toEqual(['2', '1', 'GO!']);
  const apart = first?.map(([, at], i) => Math.abs(at - (second?.[i]?.[1] ?? 0))) ?? [];
  // Not of each, since a machine that is busy may draw one late; half of them are not late for nothing.
  expect(apart.toSorted((a, b) => a - b)[Math.floor(apart.length / 2)]).toBeLessThan(100);
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
}, 60_000);

test('a German browser is spoken to in German, from the name to the result, and a draw is one', async () => {
  const german = await open(0, phone, 'de-AT');
  const other = await open(1, desktop, 'fr-FR');
  await german.page.getByLabel('Dein Name').waitFor();
  expect(await german.page.evaluate('document.documentElement.lang')).toBe('de');
  await other.page.getByTestId('name-input').waitFor();
  expect(await other.page.evaluate('document.documentElement.lang')).toBe('en');
  await enterLobby(german.page, 'Käthe');
  await enterLobby(other.page, 'Odile');
  await expect.poll(() => german.page.getByTestId('rating').textContent()).toBe('1.500');
  for (const { page } of [german, other]) await page.getByTestId('play').click();
  for (const { page } of [german, other]) await page.getByTestId('result').waitFor({ timeout: 20_000 });
  expect(await german.page.getByTestId('result-title').textContent()).toBe('Unentschieden!');
  expect(await other.page.getByTestId('result-title').textContent()).toBe('It’s a draw!');
  expect([...german.complaints, ...other.complaints]).toEqual([]);
  await Promise.all([german.close(), other.close()]);
}, 60_000);
