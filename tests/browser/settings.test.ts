import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, expectNoSidewaysScroll, launchBrowser, openPage } from './player.ts';

const smallest = { width: 320, height: 568 };

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack({});
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const open = (options = {}) => openPage(browser, stack.gateways[0].url, smallest, options);

test('the language is the browser’s until another is chosen, which holds at once and from then on', async () => {
  const { page, complaints, close } = await open({ locale: 'de-AT' });
  const language = () => page.evaluate<string>('document.documentElement.lang');
  expect(await language()).toBe('de');
  await page.getByTestId('name-input').fill('Halb getippt');
  await page.getByRole('button', { name: 'Einstellungen' }).click();
  await expectNoSidewaysScroll(page);
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  expect(await language()).toBe('en');
  expect(await page.getByRole('radio', { name: 'English' }).isChecked()).toBe(true);
  expect(await page.getByTestId('name-input').inputValue()).toBe('Halb getippt');

  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  await enterLobby(page, 'Mia');
  await expectNoSidewaysScroll(page);
  expect(complaints).toEqual([]);
  await close();
}, 120_000);

test('the menu is used by keyboard, and closes when one is done with it', async () => {
  const { page, complaints, close } = await open({ locale: 'en-GB' });
  const button = page.getByTestId('settings');
  const sound = page.getByTestId('sound');
  const expectOpen = async (isOpen: boolean) => {
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe(String(isOpen));
    await expect.poll(() => sound.isVisible()).toBe(isOpen);
  };
  await expectOpen(false);
  await button.press('Enter');
  await expectOpen(true);
  await page.keyboard.press('Tab');
  await page.getByRole('switch', { name: 'Sound', checked: true }).press('Space');
  await expect.poll(() => sound.getAttribute('aria-checked')).toBe('false');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.getByRole('radio', { name: 'Deutsch' }).isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await expectOpen(false);
  await expect.poll(() => page.evaluate('document.activeElement.dataset.testid')).toBe('settings');

  await button.click();
  await page.mouse.click(10, 550);
  await expectOpen(false);
  await button.press('Enter');
  await expectOpen(true);
  // Beyond the last of its controls is the page, which it would lie on.
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await expectOpen(false);

  await page.reload();
  await page.getByTestId('settings').click();
  expect(await page.getByRole('switch', { name: 'Ton' }).getAttribute('aria-checked')).toBe('false');
  expect(complaints).toEqual([]);
  await close();
}, 120_000);

test('whoever waits kneads dough, by keyboard, too', async () => {
  const { page, complaints, close } = await open({ locale: 'en-GB' });
  await enterLobby(page, 'Baker');
  await page.getByTestId('play').click();
  await page.getByTestId('searching').waitFor();
  // What a screen reader is to read first.
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1');
  await page.keyboard.press('Tab');
  for (let i = 0; i < 7; i++) await page.keyboard.press('Space');
  expect(await page.getByTestId('rolls').count()).toBe(0);
  await page.getByTestId('dough').click();
  await page.getByTestId('rolls').getByText('1 roll baked').waitFor();
  await expectNoSidewaysScroll(page);
  await page.getByTestId('cancel').click();
  await page.getByTestId('play').click();
  await page.getByTestId('dough').waitFor();
  expect(await page.getByTestId('rolls').count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
}, 120_000);
