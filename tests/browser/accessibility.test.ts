import axe, { type Result } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestService } from '../support/service.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { expectNoSidewaysScroll, launchBrowser } from './player.ts';
import { tour, tourRules } from './tour/tour.ts';

let stack: Stack;
let practice: TestService;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack(tourRules, undefined, { PRACTICE_AFTER_MS: '500' });
  practice = new TestService('practice', { ...stack.env, GATEWAY_URL: stack.gateways[0].url });
  browser = await launchBrowser();
  await practice.ready();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await practice?.stop();
  await stack?.stop();
});

/** What is wrong with the page, by axe's rules: all of them, those of WCAG 2.2 AA among them. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`if (!window.axe) { ${axe.source} }`);
  const found: Result[] = await page.evaluate('axe.run().then(({ violations }) => violations)');
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('no screen has anything that axe objects to, and none is wider than the smallest window', async () => {
  const seen: string[] = [];
  const found: Record<string, string[]> = {};
  const complaints = await tour({
    ...{ browser, stack, locales: ['en-GB', 'de-DE'] },
    viewport: { width: 320, height: 568 },
    visit: async (screen, page) => {
      seen.push(screen);
      await expectNoSidewaysScroll(page);
      const wrong = await violations(page);
      if (wrong.length > 0) found[screen] = wrong;
    },
  });
  expect(found).toEqual({});
  expect(seen.length).toBeGreaterThan(20);
  // Of the gateway that is killed on the way, and of the match that there is not.
  const expected = /net::ERR_CONNECTION_REFUSED|status of 404/;
  expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
}, 240_000);
