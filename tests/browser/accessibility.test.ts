import axe, { type Result } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoSidewaysScroll } from './player.ts';
import { type Stage, startStage } from './stage.ts';
import { tour, tourRules } from './tour/tour.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage(tourRules, { PRACTICE_AFTER_MS: '500' });
}, 300_000);

afterAll(() => stage?.stop());

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
    ...stage,
    ...{ locales: ['en-GB', 'de-DE'] },
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
