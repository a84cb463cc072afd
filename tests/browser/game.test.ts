import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../dev/system/chromium.ts';
import { type Stack, startStack } from '../support/stack.ts';

// Looking up its maker's hosts is all that a browser could do with the network here.
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  const executablePath = await findChromium();
  stack = await startStack({
    countdownMs: 1_500,
    matchMs: 6_000,
    goldenGapMs: [1_000, 1_500],
    bonusMs: 1_000,
  });
  // Chromium refuses to run as root with its sandbox, which is how containers and CI run.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath, args: [...quiet, ...sandbox] });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** What a page complained of. Its complaints fail the test that opened it. */
async function open(gateway: 0 | 1, viewport: { width: number; height: number }) {
  const context: BrowserContext = await browser.newContext({ viewport });
  const page: Page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(stack.gateways[gateway].url);
  return { page, complaints, close: () => context.close() };
}

async function enter(page: Page, name: string): Promise<void> {
  await page.getByTestId('name-input').fill(name);
  await page.getByTestId('play-as-guest').click();
  await page.getByTestId('lobby').waitFor();
}

const score = async (page: Page, whose: 'my' | 'opponent') =>
  Number(await page.getByTestId(`${whose}-score`).textContent());

const noSidewaysScroll = async (page: Page) => {
  const [content = 0, window = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  );
  expect(content).toBeLessThanOrEqual(window);
};

test('two people play from the name to the result, on two gateways', async () => {
  const desktop = await open(0, { width: 1280, height: 800 });
  const phone = await open(1, { width: 360, height: 740 });
  const [ada, bo] = [desktop.page, phone.page];

  await enter(ada, 'Ada');
  await enter(bo, 'Bo');
  await ada.getByTestId('play').click();
  await ada.getByTestId('searching').waitFor();
  await noSidewaysScroll(bo);
  await bo.getByTestId('play').click();
  await Promise.all([ada, bo].map((page) => page.getByTestId('countdown').waitFor()));

  // Nothing counts before the start.
  await ada.getByTestId('cookie').click();
  expect(await score(ada, 'my')).toBe(0);
  await Promise.all([ada, bo].map((page) => page.getByTestId('countdown').waitFor({ state: 'hidden' })));

  for (let i = 0; i < 10; i++) await ada.getByTestId('cookie').click();
  await ada.keyboard.press('Enter');
  for (let i = 0; i < 3; i++) await bo.getByTestId('cookie').click();
  await expect.poll(() => score(bo, 'opponent')).toBeGreaterThanOrEqual(10);
  await expect.poll(() => score(ada, 'opponent')).toBeGreaterThanOrEqual(3);
  await noSidewaysScroll(bo);

  const before = await score(ada, 'my');
  await ada.getByTestId('golden-cookie').click();
  await expect.poll(() => score(ada, 'my')).toBeGreaterThanOrEqual(before + 5);

  // A reload in the middle of it changes nothing.
  const held = await score(ada, 'my');
  await ada.reload();
  await ada.getByTestId('arena').waitFor();
  await expect.poll(() => score(ada, 'my')).toBe(held);

  await Promise.all([ada, bo].map((page) => page.getByTestId('result').waitFor({ timeout: 10_000 })));
  expect(await ada.getByTestId('result-title').textContent()).toMatch(/won/i);
  expect(await bo.getByTestId('result-title').textContent()).toMatch(/lost/i);
  expect(await score(ada, 'my')).toBe(await score(bo, 'opponent'));
  expect(await score(bo, 'my')).toBe(await score(ada, 'opponent'));

  const points = await score(ada, 'my');
  await ada.getByTestId('to-lobby').click();
  await expect.poll(() => ada.getByTestId('history').textContent(), { timeout: 5_000 }).toContain('Bo');
  await expect
    .poll(() => ada.getByTestId('leaderboard').textContent(), { timeout: 5_000 })
    .toContain(String(points));

  await bo.getByTestId('play-again').click();
  await bo.getByTestId('searching').waitFor();
  await bo.getByTestId('cancel').click();
  await bo.getByTestId('lobby').waitFor();

  expect([...desktop.complaints, ...phone.complaints]).toEqual([]);
  await Promise.all([desktop.close(), phone.close()]);
}, 60_000);

test('whoever quits loses, and a name that is none is refused with a reason', async () => {
  const one = await open(0, { width: 740, height: 360 });
  const two = await open(1, { width: 320, height: 568 });
  await one.page.getByTestId('name-input').fill('   ');
  await one.page.getByTestId('play-as-guest').click();
  await expect.poll(() => one.page.getByRole('alert').textContent()).toMatch(/name/i);
  expect(await one.page.getByTestId('lobby').count()).toBe(0);

  await enter(one.page, 'Cy <b>bold</b>');
  await enter(two.page, 'Di');
  for (const { page } of [one, two]) await page.getByTestId('play').click();
  for (const { page } of [one, two]) await page.getByTestId('arena').waitFor();
  expect(await two.page.locator('body').textContent()).toContain('<b>bold</b>');
  await noSidewaysScroll(two.page);
  await one.page.getByTestId('quit').click();
  await one.page.getByTestId('confirm-quit').click();
  for (const { page } of [one, two]) await page.getByTestId('result').waitFor();
  expect(await one.page.getByTestId('result-title').textContent()).toMatch(/lost/i);
  expect(await two.page.getByTestId('result-title').textContent()).toMatch(/won/i);
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
}, 60_000);
