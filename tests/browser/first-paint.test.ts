/** What the page shows on a slow line, before anything but itself has come. */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestService } from '../support/service.ts';
import { freshValkeyUrl } from '../support/valkey.ts';
import { enterLobby, launchBrowser, openPage } from './player.ts';

let gateway: TestService;
let browser: Browser;

beforeAll(async () => {
  gateway = await new TestService('gateway', { VALKEY_URL: await freshValkeyUrl() }).ready();
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});

/** Requests of a kind that wait until they are let through. */
async function hold(page: Page, glob: string): Promise<{ count(): number; release(): Promise<void> }> {
  const held: Route[] = [];
  await page.route(glob, (route) => {
    held.push(route);
  });
  return {
    count: () => held.length,
    release: async () => {
      await page.unroute(glob);
      await Promise.all(held.map((route) => route.continue()));
    },
  };
}

test.each([
  { width: 320, height: 568 },
  { width: 1280, height: 800 },
])(
  'at $width × $height the logo is there before any script or style sheet, and stays where it is',
  async (viewport) => {
    const page = await browser.newPage({ viewport });
    const assets = await hold(page, '**/assets/**');
    const options = await hold(page, '**/auth/options');
    await page.goto(gateway.url, { waitUntil: 'commit' });
    const logo = page.locator('.opening .logo');
    await logo.waitFor();
    await expect
      .poll(() => page.evaluate("performance.getEntriesByName('first-contentful-paint').length"))
      .toBe(1);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(246, 223, 187)');
    const before = await logo.boundingBox();
    expect(before?.width).toBeGreaterThan(150);
    // Asked for beside the script, and not by it.
    await expect.poll(() => options.count()).toBe(1);
    await page.evaluate("document.querySelector('.logo').isTheSame = true");

    await assets.release();
    await expect.poll(() => page.locator('.opening p').textContent()).toMatch(/oven/);
    expect(await logo.boundingBox()).toEqual(before);
    expect(await page.evaluate("document.querySelector('.logo').isTheSame")).toBe(true);

    // What is not answered is not waited for for ever.
    await page.getByTestId('play-as-guest').waitFor();
    await page.close();
  },
  60_000,
);

test('whoever comes back is looked up beside how to sign in, and plays on if there is no answer', async () => {
  const before = await openPage(browser, gateway.url, { width: 390, height: 844 });
  await enterLobby(before.page, 'Ada');
  const context = await browser.newContext({ storageState: await before.page.context().storageState() });
  await before.close();
  const page = await context.newPage();
  await hold(page, '**/auth/options');
  const verify = await hold(page, '**/auth/verify');
  await page.goto(gateway.url, { waitUntil: 'commit' });
  await page.getByTestId('settings').waitFor();
  // The script is there, and would wait four seconds for how to sign in.
  await expect.poll(() => verify.count(), { timeout: 3_000 }).toBe(1);
  await page.getByTestId('lobby').waitFor();
  await context.close();
}, 60_000);
