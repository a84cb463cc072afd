import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A phone as many have it; a point of it is four pixels. */
export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** DevTools' "Slow 4G": 1.6 and 0.75 Mbit/s, 150 ms there and back, each adjusted as DevTools adjusts it; in bytes a second and ms. */
const slow4g = {
  offline: false,
  latency: 150 * 3.75,
  downloadThroughput: ((1.6 * 1_000_000) / 8) * 0.9,
  uploadThroughput: ((0.75 * 1_000_000) / 8) * 0.9,
};

/** DevTools' "4x slowdown", of the thread that runs the page. */
export const slowdown = 4;

/** A page with a phone's line and a phone's processor. */
export async function openSlowly(context: BrowserContext): Promise<{ page: Page; cdp: CDPSession }> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', slow4g);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return { page, cdp };
}
