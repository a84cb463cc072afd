import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../support/stack.ts';
import { expectNoSidewaysScroll, launchBrowser } from './player.ts';

const password = 'a password of the tests';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack({}, undefined, { OPS_PASSWORD: password });
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

test.each([
  ['desktop', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
])('an operator sees the services and the board on a %s', async (_name, viewport) => {
  const context = await browser.newContext({
    viewport,
    httpCredentials: { username: 'ops', password },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const { url } = stack.gateways[0];
  await page.goto(`${url}/ops`);
  await expect.poll(() => page.getByText('ready', { exact: true }).count(), { timeout: 15_000 }).toBe(4);
  await expectNoSidewaysScroll(page);
  const background = () => page.evaluate('getComputedStyle(document.querySelector("section")).borderRadius');
  expect(await background()).not.toBe('0px');
  // By itself, and without a script.
  const seenAt = await page.getByText('UTC, seen by').textContent();
  await expect.poll(() => page.getByText('UTC, seen by').textContent(), { timeout: 15_000 }).not.toBe(seenAt);
  expect(complaints).toEqual([]);
  await page.getByRole('link', { name: 'board' }).click();
  await page.getByText('announce').first().waitFor({ timeout: 15_000 });
  expect(page.url()).toBe(`${url}/ops/board`);
  await context.close();
});
