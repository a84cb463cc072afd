import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../support/stack.ts';
import { enterLobby, launchBrowser, openPage } from './player.ts';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack({ countdownMs: 1_500, matchMs: 60_000, goldenGapMs: [60_000, 60_000] });
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Notes what the page has the browser play and vibrate; runs in the page, before its own scripts. */
const listen = `
  window.heard = { contexts: [], started: 0, ended: 0, atOnce: 0, pulses: [] };
  window.AudioContext = class extends AudioContext {
    constructor(...options) {
      super(...options);
      heard.contexts.push(this);
    }
  };
  for (const type of [OscillatorNode, AudioBufferSourceNode]) {
    const { start } = type.prototype;
    type.prototype.start = function (...when) {
      heard.started++;
      this.addEventListener('ended', () => heard.ended++);
      return start.apply(this, when);
    };
  }
  const { vibrate } = navigator;
  navigator.vibrate = (pattern) => (heard.pulses.push(pattern), vibrate.call(navigator, pattern));
  let before = 0;
  addEventListener('pointerdown', () => (before = heard.started), { capture: true });
  addEventListener('pointerdown', () => (heard.atOnce = heard.started - before));
`;

async function openListening(gateway: 0 | 1, options: BrowserContextOptions = {}) {
  const player = await openPage(browser, 'about:blank', { width: 390, height: 844 }, options);
  await player.page.addInitScript(listen);
  await player.page.goto(stack.gateways[gateway].url);
  return player;
}

const heard = (page: Page, what: string) => page.evaluate<number>(`heard.${what}`);
const states = (page: Page) => page.evaluate<string[]>('heard.contexts.map(({ state }) => state)');

test('a match is heard as it is played, and not at all while it is muted or out of sight', async () => {
  const one = await openListening(0);
  const two = await openListening(1);
  const { page } = one;
  expect(await states(page)).toEqual([]);
  for (const each of [one, two]) await enterLobby(each.page, 'Ears');
  await expect.poll(() => states(page)).toEqual(['running']);
  for (const each of [one, two]) await each.page.getByTestId('play').click();
  for (const each of [one, two]) await each.page.getByTestId('arena').waitFor();
  await expect.poll(() => page.getByTestId('countdown').count()).toBe(0);
  await expect.poll(() => heard(page, 'started')).toBeGreaterThan(0);

  // Before the press has even come to the page as a whole.
  await page.getByTestId('cookie').click();
  expect(await heard(page, 'atOnce')).toBeGreaterThan(0);
  const before = await heard(page, 'started');
  await two.page.getByTestId('cookie').click();
  await expect.poll(() => heard(page, 'started')).toBe(before + 1);

  await page.getByTestId('mute').click();
  await expect.poll(() => states(page)).toEqual(['suspended']);
  const muted = await heard(page, 'started');
  await page.getByTestId('cookie').click();
  await two.page.getByTestId('cookie').click();
  await expect.poll(() => page.getByTestId('opponent-score').textContent()).toBe('2');
  expect(await heard(page, 'started')).toBe(muted);

  await page.reload();
  await page.getByTestId('arena').waitFor();
  expect(await page.getByTestId('mute').getAttribute('aria-checked')).toBe('false');
  await page.getByTestId('cookie').click();
  expect(await states(page)).toEqual([]);
  await page.getByTestId('mute').click();
  await expect.poll(() => states(page)).toEqual(['running']);

  // As if another tab had been chosen, which a browser without windows cannot do.
  await page.evaluate(`{
    Object.defineProperty(document, 'hidden', { get: () => window.isAway, configurable: true });
    window.isAway = true;
    document.dispatchEvent(new Event('visibilitychange'));
  }`);
  await expect.poll(() => states(page)).toEqual(['suspended']);
  await page.evaluate(`{
    window.isAway = false;
    document.dispatchEvent(new Event('visibilitychange'));
  }`);
  await expect.poll(() => states(page)).toEqual(['running']);

  await page.getByTestId('quit').click();
  await page.getByTestId('confirm-quit').click();
  await page.getByTestId('result').waitFor();
  await expect.poll(() => page.evaluate('heard.started > 0 && heard.ended === heard.started')).toBe(true);
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
}, 120_000);

test('a finger feels its clicks unless it would rather not, and a mouse or a key never does', async () => {
  const phone = await openListening(0, { hasTouch: true, isMobile: true });
  const desktop = await openListening(1);
  const { page } = phone;
  for (const each of [phone, desktop]) await enterLobby(each.page, 'Fingers');
  await desktop.page.getByTestId('settings').click();
  expect(await desktop.page.getByTestId('sound').count()).toBe(1);
  expect(await desktop.page.getByTestId('haptics').count()).toBe(0);
  await page.getByTestId('play').tap();
  await desktop.page.getByTestId('play').click();
  await page.getByTestId('arena').waitFor();
  await expect.poll(() => page.getByTestId('countdown').count()).toBe(0);
  const felt = async (act: () => Promise<void>) => {
    const before = await heard(page, 'pulses.length');
    await act();
    return (await heard(page, 'pulses.length')) - before;
  };
  // What tells of the start is not broken off by a tap.
  await page.waitForTimeout(300);
  expect(await felt(() => page.getByTestId('cookie').tap())).toBe(1);
  expect(await felt(() => page.getByTestId('cookie').press('Space'))).toBe(0);
  expect(await felt(() => page.getByTestId('cookie').click())).toBe(0);
  await page.getByTestId('settings').tap();
  await page.getByTestId('haptics').tap();
  expect(await felt(() => page.getByTestId('cookie').tap())).toBe(0);
  await desktop.page.getByTestId('cookie').click();
  expect(await heard(desktop.page, 'pulses.length')).toBe(0);
  expect([...phone.complaints, ...desktop.complaints]).toEqual([]);
  await Promise.all([phone.close(), desktop.close()]);
}, 120_000);
