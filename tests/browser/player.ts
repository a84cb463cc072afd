import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from '../../dev/system/browser.ts';

export { launchBrowser };

export interface Player {
  page: Page;
  /** What the page complained of: a test fails on any. */
  complaints: string[];
  close(): Promise<void>;
}

/** A player with a browser window of their own, which shares nothing with the others'. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
  options: BrowserContextOptions = {},
): Promise<Player> {
  const context = await browser.newContext({ viewport, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Where the scripts take longer than what they ask first, as on a busy machine, the browser thinks it was for nothing.
    if (!message.text().includes('was preloaded using link preload but not used'))
      complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

/** Gives a name and plays: whoever is there, or whoever has sent an invitation. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByTestId('name-input').fill(name);
  await page.getByTestId('play-as-guest').click();
}

/** Gives a name, and looks around first. */
export async function enterLobby(page: Page, name: string): Promise<void> {
  await page.getByTestId('name-input').fill(name);
  await page.getByTestId('look-around').click();
  await page.getByTestId('lobby').waitFor();
}

export const score = async (page: Page, whose: 'my' | 'opponent'): Promise<number> =>
  Number(await page.getByTestId(`${whose}-score`).textContent());

/** Nothing of the page is beyond its right edge. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content = 0, window = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  );
  expect(content).toBeLessThanOrEqual(window);
}
