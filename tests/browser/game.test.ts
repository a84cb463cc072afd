import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, expectNoSidewaysScroll, launchBrowser, openPage, score } from './player.ts';

const rules = { countdownMs: 3_000, matchMs: 14_000, goldenGapMs: [1_000, 1_500], bonusMs: 1_000 };
/** Longer than a whole match takes on a busy machine. */
const untilOver = { timeout: rules.countdownMs + rules.matchMs + 8_000 };

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack(rules);
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const open = (gateway: 0 | 1, viewport: { width: number; height: number }) =>
  openPage(browser, stack.gateways[gateway].url, viewport);

test('two people play from the name to the result, on two gateways', async () => {
  const desktop = await open(0, { width: 1280, height: 800 });
  const phone = await open(1, { width: 360, height: 740 });
  const [ada, bo] = [desktop.page, phone.page];

  await enterLobby(ada, 'Ada');
  await enterLobby(bo, 'Bo');
  await expect.poll(() => ada.getByTestId('rating').textContent()).toBe('1,500');
  await ada.getByTestId('play').click();
  await ada.getByTestId('searching').waitFor();
  await expectNoSidewaysScroll(bo);
  await bo.getByTestId('play').click();
  await Promise.all([ada, bo].map((page) => page.getByTestId('countdown').waitFor()));

  // Nothing counts before the start, for which a mouse would be late on a busy machine.
  await ada.getByTestId('cookie').dispatchEvent('click');
  expect(await score(ada, 'my')).toBe(0);
  await Promise.all([ada, bo].map((page) => page.getByTestId('countdown').waitFor({ state: 'hidden' })));

  // By keys but for one each: a mouse waits, and the match does not.
  for (const page of [ada, bo]) await page.getByTestId('cookie').click();
  for (let i = 0; i < 10; i++) await ada.keyboard.press('Enter');
  for (let i = 0; i < 2; i++) await bo.keyboard.press('Space');
  await expect.poll(() => score(bo, 'opponent')).toBeGreaterThanOrEqual(10);
  await expect.poll(() => score(ada, 'opponent')).toBeGreaterThanOrEqual(3);
  await expectNoSidewaysScroll(bo);

  const before = await score(ada, 'my');
  // The next golden cookie may take the place of this one as it is clicked: then that one is clicked.
  await eventually(async () => {
    await ada.getByTestId('golden-cookie').click();
    return eventually(async () => (await score(ada, 'my')) >= before + 5, 1_000).catch(() => false);
  }, 10_000);

  // A reload in the middle of it changes nothing.
  const held = await score(ada, 'my');
  await ada.reload();
  await ada.getByTestId('arena').waitFor();
  await expect.poll(() => score(ada, 'my')).toBe(held);

  await Promise.all([ada, bo].map((page) => page.getByTestId('result').waitFor(untilOver)));
  expect(await ada.getByTestId('result-title').textContent()).toMatch(/won/i);
  expect(await bo.getByTestId('result-title').textContent()).toMatch(/lost/i);
  for (const [mine, theirs] of [
    [ada, bo],
    [bo, ada],
  ] as const)
    await expect.poll(async () => (await score(mine, 'my')) - (await score(theirs, 'opponent'))).toBe(0);

  const change = await ada.getByTestId('rating-change').textContent();
  const [rating = ''] = change?.match(/1,5\d\d/) ?? [];
  const [delta = ''] = change?.match(/\+\d+/) ?? [];
  expect(Number(rating.replace(',', ''))).toBe(1_500 + Number(delta));
  expect(Number(delta)).toBeGreaterThan(0);
  expect(await bo.getByTestId('rating-change').textContent()).toContain('−');

  const points = await score(ada, 'my');
  await ada.getByTestId('to-lobby').click();
  await expect.poll(() => ada.getByTestId('history').textContent(), { timeout: 5_000 }).toContain('Bo');
  expect(await ada.getByTestId('history').textContent()).toContain(delta);
  await expect.poll(() => ada.getByTestId('rating').textContent(), { timeout: 5_000 }).toBe(rating);
  await expect
    .poll(() => ada.getByTestId('leaderboard').textContent(), { timeout: 5_000 })
    .toContain(String(points));
  // The arrow keys go round the boards, and the rating is the last of them.
  await ada.getByRole('tab', { selected: true }).press('ArrowLeft');
  await expect.poll(() => ada.getByTestId('leaderboard').textContent()).toContain(rating);

  await bo.getByTestId('play-again').click();
  await bo.getByTestId('searching').waitFor();
  await bo.getByTestId('cancel').click();
  await bo.getByTestId('lobby').waitFor();

  expect([...desktop.complaints, ...phone.complaints]).toEqual([]);
  await Promise.all([desktop.close(), phone.close()]);
}, 60_000);

test('whoever is cut off is shown to be reconnecting, and then to be back', async () => {
  const one = await open(0, { width: 1280, height: 800 });
  const two = await open(1, { width: 360, height: 740 });
  await enterLobby(one.page, 'Eve');
  await enterLobby(two.page, 'Flo');
  for (const { page } of [one, two]) await page.getByTestId('play').click();
  for (const { page } of [one, two]) await page.getByTestId('arena').waitFor();
  await one.page.goto('about:blank');
  await expect.poll(() => two.page.getByTestId('absence').textContent()).toMatch(/Eve is reconnecting…\d+ s/);
  await expectNoSidewaysScroll(two.page);
  await one.page.goBack();
  await one.page.getByTestId('arena').waitFor();
  await expect.poll(() => two.page.getByTestId('absence').textContent()).toBe('Eve is back!');
  for (const { page } of [one, two]) await page.getByTestId('result').waitFor(untilOver);
  expect(await two.page.getByTestId('absence').count()).toBe(0);
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
}, 60_000);

test('whoever quits loses, and a name that is none is refused with a reason', async () => {
  const one = await open(0, { width: 740, height: 360 });
  const two = await open(1, { width: 320, height: 568 });
  await one.page.getByTestId('name-input').fill('   ');
  await one.page.getByTestId('play-as-guest').click();
  await expect.poll(() => one.page.getByRole('alert').textContent()).toMatch(/name/i);
  expect(await one.page.getByTestId('lobby').count()).toBe(0);

  // Markup is text, whatever hides or turns text around is taken out, and what is written from right to left stays apart.
  const names = ['<img src=x onerror=a()>', 'שרה 7:'] as const;
  await enterLobby(one.page, names[0]);
  await enterLobby(two.page, `\u202e${names[1]}\u2066\u200b`);
  for (const { page } of [one, two]) await page.getByTestId('play').click();
  for (const { page } of [one, two]) await page.getByTestId('arena').waitFor();
  for (const { page } of [one, two]) {
    const shown = page.locator('bdi.side__name');
    expect((await shown.allTextContents()).sort()).toEqual([...names].sort());
    expect(await page.locator('img[src=x]').count()).toBe(0);
    await expectNoSidewaysScroll(page);
  }
  await one.page.getByTestId('quit').click();
  await one.page.getByTestId('confirm-quit').click();
  for (const { page } of [one, two]) await page.getByTestId('result').waitFor();
  expect(await one.page.getByTestId('result-title').textContent()).toMatch(/lost/i);
  expect(await two.page.getByTestId('result-title').textContent()).toMatch(/won/i);
  for (const [i, { page }] of [one, two].entries()) {
    await page.getByTestId('to-lobby').click();
    await expect.poll(() => page.getByTestId('history').textContent()).toContain(names[1 - i]);
  }
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
}, 60_000);

test('a script that somebody gets into the page all the same is not run', async () => {
  const { page, complaints, close } = await open(0, { width: 740, height: 360 });
  await page.evaluate(`{
    const script = document.createElement('script');
    script.textContent = 'window.isRun = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="/nowhere.png" onerror="window.isRun = true">');
  }`);
  const refused = () => complaints.filter((text) => text.includes('Content Security Policy')).length;
  await expect.poll(refused).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate('window.isRun')).toBeUndefined();
  await close();
});
